import type { ArchiveDatabase } from '../database/archive-database.js'
import { reach } from '../database/unavailable.js'
import type { ArchiveStore } from './archive-store.js'
import { readCheckpoint } from './checkpoints.js'
import { commit } from './commit.js'
import { readCoverage, readGaps } from './coverage.js'
import { acquireLease, LeaseLost, releaseLease, renewLease } from './lease.js'
import { readUnsettled } from './non-final.js'
import { readProgress } from './progress.js'
import { readProven } from './proven.js'
import { readIdsWithin, readSpan, readStored } from './read-messages.js'
import { readDue, readNextDue, readSettlements } from './rechecks.js'
import { countRejected, readRejected, readSetAside } from './rejected.js'

/** The store over an open database. */
export function createStore(database: ArchiveDatabase): ArchiveStore {
  const { db } = database
  return {
    commit: (batch) =>
      reach(() => commit(database, batch), { source: batch.lease.source, passing: LeaseLost }),
    stored: (source, ids) => reach(() => readStored(db, source, ids), { source }),
    checkpoint: (source, name) => reach(() => readCheckpoint(db, source, name), { source }),
    coverage: (source) =>
      // In this order: what is committed in between can then only be reported as missing, never be overlooked.
      reach(async () => ({ coverage: await readCoverage(db, source), gaps: await readGaps(db, source) }), {
        source,
      }),
    proven: (source) => reach(() => readProven(db, source), { source }),
    rejectedCount: (source) => reach(() => countRejected(db, source), { source }),
    setAside: (source, ids) => reach(() => readSetAside(db, source, ids), { source }),
    rejected: (source, limit) => reach(() => readRejected(db, source, limit), { source }),
    progress: (source) => reach(() => readProgress(db, source), { source }),
    due: (source, now, limit) => reach(() => readDue(db, source, now, limit), { source }),
    nextDue: (source) => reach(() => readNextDue(db, source), { source }),
    settlements: (source, ids) => reach(() => readSettlements(db, source, ids), { source }),
    unsettled: (source, request) => reach(() => readUnsettled(db, source, request), { source }),
    idsWithin: (source, range) => reach(() => readIdsWithin(db, source, range), { source }),
    span: (source) => reach(() => readSpan(db, source), { source }),
    acquire: (source, holder, ttlMs) =>
      reach(() => acquireLease(database, source, holder, ttlMs), { source }),
    renew: (lease, ttlMs) => reach(() => renewLease(database, lease, ttlMs), { source: lease.source }),
    release: (lease) => reach(() => releaseLease(database, lease), { source: lease.source }),
  }
}
