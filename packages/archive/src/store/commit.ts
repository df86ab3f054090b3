import type { Kysely } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { toIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import type { Batch, CommitResult } from './archive-store.js'
import { setCheckpoints } from './checkpoints.js'
import { closeGaps, insertGaps, joinCoverage } from './coverage.js'
import { draftMessages } from './drafts.js'
import { appendEvents, type NewEvent } from './events.js'
import { lockLease } from './lease.js'
import { updateNonFinal } from './non-final.js'
import { type CountDeltas, updateSource } from './progress.js'
import { writeProven } from './proven.js'
import { removeRechecks, setRechecks } from './rechecks.js'
import { removeReadable, removeUnseen, setAside } from './rejected.js'
import { putOffWantedDetails, removeWantedDetails, updateWantedDetails } from './wanted-details.js'
import { writeMessages } from './write-messages.js'

/** One transaction: a process that ends in the middle has written nothing. */
export async function commit(
  { db: database, dialect }: ArchiveDatabase,
  batch: Batch,
): Promise<CommitResult> {
  return database.transaction().execute(async (db) => {
    const transaction = { db, dialect }
    await lockLease(db, batch.lease)
    const { source } = batch.lease
    const drafts = await draftMessages(transaction, batch)
    const written = await writeMessages(transaction, source, batch.observedAt, drafts)
    const { added, changed, deletedDelta } = written
    await updateWantedDetails(db, source, written.drafts, batch.observedAt)
    await putOffWantedDetails(db, source, batch.detailsPutOff ?? [])
    await removeWantedDetails(db, source, batch.detailsGivenUp ?? [])
    const deltas = { messages: added.length, deleted: deletedDelta }
    const { planned, events } = await writeSyncState(db, batch, deltas)
    await appendEvents(transaction, source, batch.observedAt, [...written.events, ...events])
    const keys = [...added, ...changed].map(toIdKey)
    await updateNonFinal(transaction, source, [...keys, ...planned], batch.observedAt)
    return { added, changed }
  })
}

interface SyncStateChange {
  readonly planned: readonly string[]
  readonly events: readonly NewEvent[]
}

/**
 * Writes everything of a batch that is not about single messages.
 * @returns the keys of messages for which something is planned now, or is no longer; and what became of gaps
 */
async function writeSyncState(
  db: Kysely<Tables>,
  batch: Batch,
  deltas: CountDeltas,
): Promise<SyncStateChange> {
  const { source } = batch.lease
  await updateSource(db, source, deltas, batch.progress ?? {})
  await joinCoverage(db, source, batch.coverage ?? [])
  const closed = batch.verified === undefined ? [] : await closeGaps(db, source, batch.verified)
  const opened = await insertGaps(db, source, batch.gaps ?? [])
  if (batch.proven !== undefined) await writeProven(db, source, batch.proven)
  await removeReadable(db, source, batch.messages)
  // After it: a second row with the id of a message stays set aside.
  await setAside(db, source, batch.rejected ?? [], batch.observedAt)
  if (batch.rejectedSeenSince !== undefined) await removeUnseen(db, source, batch.rejectedSeenSince)
  await setCheckpoints(db, source, batch.checkpoints ?? {})
  const set = await setRechecks(db, source, batch.rechecks ?? [])
  const removed = await removeRechecks(db, source, batch.settled ?? [])
  return {
    planned: [...set, ...removed],
    events: [
      ...closed.map((range) => ({ kind: 'GAP_CLOSED', range }) as const),
      ...opened.map((range) => ({ kind: 'GAP_OPENED', range }) as const),
    ],
  }
}
