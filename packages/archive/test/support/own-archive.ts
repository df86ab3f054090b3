import { onTestFinished } from 'vitest'
import { type Archive, openArchive } from '../../src/index.js'
import type { Place } from './engines.js'

/** An archive that is there until the test ends, and its URL for other processes. */
export async function openOwn(
  createPlace: () => Promise<Place>,
): Promise<{ readonly archive: Archive; readonly url: string }> {
  const place = await createPlace()
  const archive = await openArchive({ url: place.url })
  onTestFinished(async () => {
    await archive.close()
    await place[Symbol.asyncDispose]()
  })
  return { archive, url: place.url }
}
