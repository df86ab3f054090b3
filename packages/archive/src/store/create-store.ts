import type { ArchiveDatabase } from '../database/archive-database.js'
import { callDatabase } from '../database/unavailable.js'
import type { ArchiveStore } from './archive-store.js'
import { readCheckpoint } from './checkpoints.js'
import { commit } from './commit.js'
import { readCoverage, readGaps } from './coverage.js'
import { acquireLease, LeaseLost, releaseLease, renewLease } from './lease.js'
import { readNonFinal } from './non-final.js'
import { readProgress } from './progress.js'
import { readProven } from './proven.js'
import { readIdsWithin, readSpan, readStored } from './read-messages.js'
import { readDue, readNextDue, readRechecks } from './rechecks.js'
import { countRejected, readRejected, readSetAside } from './rejected.js'
import { readNextWantedDetail, readWantedDetails } from './wanted-details.js'

/** The store over an open database. */
export function createStore(database: ArchiveDatabase): ArchiveStore {
  const { db } = database
  return {
    commit: (batch) =>
      callDatabase(() => commit(database, batch), { source: batch.lease.source, passing: LeaseLost }),
    stored: (source, ids) => callDatabase(() => readStored(database, source, ids), { source }),
    checkpoint: (source, name) => callDatabase(() => readCheckpoint(db, source, name), { source }),
    coverage: (source) =>
      // In this order: what is committed in between can then only be reported as missing, never be overlooked.
      callDatabase(
        async () => ({ coverage: await readCoverage(db, source), gaps: await readGaps(db, source) }),
        {
          source,
        },
      ),
    proven: (source) => callDatabase(() => readProven(db, source), { source }),
    rejectedCount: (source) => callDatabase(() => countRejected(db, source), { source }),
    setAside: (source, ids) => callDatabase(() => readSetAside(db, source, ids), { source }),
    rejected: (source, limit) => callDatabase(() => readRejected(db, source, limit), { source }),
    progress: (source) => callDatabase(() => readProgress(db, source), { source }),
    due: (source, now, limit) => callDatabase(() => readDue(db, source, now, limit), { source }),
    nextDue: (source) => callDatabase(() => readNextDue(db, source), { source }),
    rechecks: (source, ids) => callDatabase(() => readRechecks(database, source, ids), { source }),
    wantedDetails: (source, now, limit) =>
      callDatabase(() => readWantedDetails(db, source, now, limit), { source }),
    nextWantedDetail: (source) => callDatabase(() => readNextWantedDetail(db, source), { source }),
    nonFinal: (source, request) => callDatabase(() => readNonFinal(db, source, request), { source }),
    idsWithin: (source, range) => callDatabase(() => readIdsWithin(db, source, range), { source }),
    span: (source) => callDatabase(() => readSpan(db, source), { source }),
    acquire: (source, holder, ttlMs) =>
      callDatabase(() => acquireLease(database, source, holder, ttlMs), { source }),
    renew: (lease, ttlMs) => callDatabase(() => renewLease(database, lease, ttlMs), { source: lease.source }),
    release: (lease) => callDatabase(() => releaseLease(database, lease), { source: lease.source }),
  }
}
