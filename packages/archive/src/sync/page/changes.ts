import { foundAgain } from '../recheck/planned-rechecks.js'
import type { Step } from '../step/step.js'
import {
  beginScan,
  type ChangeScan,
  isOver,
  isTooLong,
  fingerprintOf,
  fingerprintsAfter,
  type LastScan,
  scanPage,
} from './change-scan.js'
import {
  CHANGES_REQUESTS,
  CHANGES_ROWS,
  FEWEST_REQUESTS,
  MOST_BARREN_CHANGES,
  MOST_SCANS,
  RECENT_MS,
} from './constants.js'
import { CHANGED, lossesOf, messagesOf, plainFields, rejectedOf } from './list-page.js'
import { barrenAfter, isStuck, readNext } from './read-next.js'
import { noteSuspect, type ReconcilePlan } from './reconcile-plan.js'

/** Where the passes over what changed last stand, as a plain value. */
export interface ChangesState extends LastScan {
  /** When the last pass that has ended began, in milliseconds since the epoch. */
  readonly begunAt: number
  /** A pass that is under way; null between two. */
  readonly running: ChangeScan | null
}

/**
 * Does the next step towards what changed: the rows that were touched last, page by page, until some stand as they stood.
 *
 * It is a hint and proves nothing, so only messages are written that are stored already: what is missing is for the head
 * and for the comparisons, which also learn what a plain list does not tell.
 */
export async function syncChanges(step: Step, plan: ReconcilePlan | null): Promise<void> {
  const before = await step.checkpoint<ChangesState>('changes')
  const query = {
    sort: CHANGED,
    first: CHANGES_ROWS,
    fields: plainFields(step.source.provider.capabilities),
    maxUpstreamRequests: Math.max(FEWEST_REQUESTS, Math.min(CHANGES_REQUESTS, step.pace.free(step.now()))),
  }
  if (before === null) {
    const begunAt = step.now()
    const page = await step.read(query)
    const changes = {
      begunAt,
      endedAt: begunAt,
      fingerprints: messagesOf(page).map(fingerprintOf),
      running: null,
    }
    return void (await step.commit({ checkpoints: { changes } }))
  }
  const running = before.running ?? beginScan(step.now())
  const restarted = (): ChangeScan => ({ ...beginScan(running.begunAt), attempt: running.attempt })
  const keep = (pass: ChangeScan): Promise<unknown> =>
    step.commit({ checkpoints: { changes: { ...before, running: pass } } })
  const { page, state: started } = await readNext(step, query, running, restarted, keep)
  const listed = messagesOf(page)
  const stored = await step.stored(listed)
  const messages = listed.filter(({ upstreamId }) => stored.has(upstreamId))
  const scanned = scanPage(started, listed, stored, before, page.pageInfo.endCursor)
  const pass = { ...scanned, barren: barrenAfter(started.barren, page) }
  const isAtEnd = !page.pageInfo.hasNextPage || isOver(pass, before)
  const isCut = !isAtEnd && (isTooLong(pass) || isStuck(started, page) || pass.barren >= MOST_BARREN_CHANGES)
  const isDone = isAtEnd || isCut
  const now = step.now()
  const next = isDone ? endScan(pass, before, isCut, now) : { ...before, running: pass }
  const isSuspect =
    isCut || (isDone && pass.isLong && pass.attempt >= MOST_SCANS) || lossesOf(page).length > 0
  const from = isTooLong(pass) ? 0 : (pass.earliest ?? (isCut ? Math.max(0, now - RECENT_MS) : null))
  await step.commit({
    messages,
    rejected: rejectedOf(page),
    // What the last step of a pass writes is older than its end, so that the next pass knows it for settled.
    observedAt: now,
    settled: await foundAgain(step, messages),
    checkpoints: {
      changes: next,
      ...(plan !== null && isSuspect && from !== null
        ? { 'reconcile-plan': noteSuspect(plan, { from, at: now }) }
        : {}),
    },
  })
}

/** One that met changes behind its first page is done again: while it read, rows may have changed places. */
function endScan(pass: ChangeScan, before: ChangesState, isCut: boolean, now: number): ChangesState {
  if (!isCut && pass.isLong && pass.attempt < MOST_SCANS)
    return { ...before, running: beginScan(pass.begunAt, pass) }
  return { begunAt: pass.begunAt, endedAt: now, fingerprints: fingerprintsAfter(pass, before), running: null }
}
