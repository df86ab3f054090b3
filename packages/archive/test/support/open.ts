import { afterEach, beforeEach } from 'vitest'
import { type Archive, openArchive } from '../../src/index.js'
import type { ArchiveStore, Batch } from '../../src/store/archive-store.js'
import type { Place } from './engines.js'
import { storeOf } from '../../src/open/archive.js'

/** An archive of one test, and a lease on a source of it. */
export interface Fixture {
  readonly archive: Archive
  readonly place: Place
  /** Commits as the holder of the lease on the source `shop`. */
  commit(batch: Partial<Batch>): ReturnType<ArchiveStore['commit']>
}

export const SOURCE = 'shop'
const LONG_MS = 3_600_000

/** A new archive before each test; closed, and its database removed, after it. */
export function useArchive(createPlace: () => Promise<Place>): () => Fixture {
  let fixture: Fixture | undefined
  beforeEach(async () => {
    const place = await createPlace()
    fixture = await openFixture(place)
  })
  afterEach(async () => {
    await fixture?.archive.close()
    await fixture?.place[Symbol.asyncDispose]()
    fixture = undefined
  })
  return () => {
    if (fixture === undefined) throw new Error('There is no archive outside of a test')
    return fixture
  }
}

export async function openFixture(place: Place): Promise<Fixture> {
  const archive = await openArchive({ url: place.url })
  const lease = await storeOf(archive).acquire(SOURCE, 'fixture', LONG_MS)
  if (lease === null) throw new Error('The lease is taken')
  return {
    archive,
    place,
    commit: (batch) => storeOf(archive).commit({ lease, observedAt: 1, messages: [], ...batch }),
  }
}
