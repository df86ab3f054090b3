import { type Archive, openArchive } from '@waybill/archive'
import { onTestFinished } from 'vitest'
import type { Place } from '../../../../test/support/database-places.js'

/** The URL of an empty database, which is there until the test ends. */
export async function emptyArchive(createPlace: () => Promise<Place>): Promise<string> {
  const place = await createPlace()
  onTestFinished(() => place[Symbol.asyncDispose]())
  return place.url
}

/** An archive as it is seen beside the command that works on it, until the test ends. */
export async function lookInto(url: string): Promise<Archive> {
  const archive = await openArchive({ url })
  onTestFinished(() => archive.close())
  return archive
}
