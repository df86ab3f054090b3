import { type Arrivals, assumedArrivals, observeArrivals } from '../poll/arrivals.js'
import { planPoll } from '../poll/poll-interval.js'
import { absencesOf } from '../settle/absence.js'
import { newlyUnfinished } from '../settle/unfinished.js'
import type { Step, StepBatch } from '../step.js'
import { CHANGED, NEWEST, tellsChanges } from './capabilities.js'
import { type HistoryState, noteCount, noteDoubt, noteNoCount } from './history-state.js'
import { continuePass, type PassProgress } from './pass.js'
import type { PassKind } from './pass-state.js'

/** Rows stand in the order in which they came: known ones in a row, more than share one time, end the new ones. */
const HEAD: PassKind = { name: 'head', sort: NEWEST, proof: { marks: 25, rows: 25 }, mindsChanges: false }

/** Half of a page without news, and among that many rows in a row which stand as they stood. */
const CHANGES: PassKind = {
  name: 'changes',
  sort: CHANGED,
  proof: { marks: 25, rows: 50 },
  mindsChanges: true,
  deep: { everyMs: 24 * 60 * 60_000, proof: { marks: 25, rows: 1000 } },
}

const ROWS_A_POLL = 100
/** The heads of both lists, and now and then a list for each direction. */
const REQUESTS_A_POLL = 3

/** Does the next step towards the newest messages. */
export async function syncHead(step: Step, history: HistoryState | null): Promise<void> {
  await continuePass(step, HEAD, isFilled(history), (progress) => headBatch(step, history, progress))
}

/** Does the next step towards the messages that changed last. */
export async function syncChanges(step: Step, history: HistoryState | null): Promise<void> {
  await continuePass(step, CHANGES, isFilled(history), async ({ isInDoubt }) =>
    history !== null && isInDoubt ? { checkpoints: { history: noteDoubt(history, step.now()) } } : {},
  )
}

function isFilled(history: HistoryState | null): boolean {
  return history !== null && history.filledAt !== null
}

async function headBatch(
  step: Step,
  history: HistoryState | null,
  progress: PassProgress,
): Promise<StepBatch> {
  const now = step.now()
  const known = (await step.checkpoint<Arrivals>('arrivals')) ?? assumedArrivals(0, now)
  const times = progress.listed.map((message) => message.sentAt)
  const arrivals = observeArrivals(known, times, ROWS_A_POLL, now)
  if (!progress.isDone || history === null) return { checkpoints: { arrivals } }
  const { poll, rateLimit } = step.source
  const plan = planPoll(arrivals, ROWS_A_POLL, poll, rateLimit, REQUESTS_A_POLL, now)
  const { begunAt, previousAt, isInDoubt } = progress
  const knownHistory = await counted(step, history, progress)
  // Everything that was listed then is stored, so the history is complete from the last time until then.
  const covered = { from: Math.min(previousAt ?? begunAt, begunAt), to: begunAt }
  return {
    ...(await singlesFor(step, progress)),
    checkpoints: { arrivals, history: isInDoubt ? noteDoubt(knownHistory, now) : knownHistory },
    coverage: isInDoubt ? [] : [covered],
    progress: { ...(isInDoubt ? {} : { lastSyncedAt: begunAt }), pollIntervalMs: plan.intervalMs },
  }
}

/**
 * What is asked for by id from now on: messages that the list lacks, and, where no list tells what changed, those that are
 * not on this page and may still change.
 */
async function singlesFor(
  step: Step,
  { missing, listed }: PassProgress,
): Promise<Pick<StepBatch, 'settlements' | 'settled'>> {
  const absences = await absencesOf(step, missing)
  if (tellsChanges(step.source.provider.capabilities)) return { settlements: absences }
  const ids = listed.map((message) => message.upstreamId)
  const passedOver = new Set([...ids, ...missing])
  const unfinished = await newlyUnfinished(step, passedOver, step.now())
  return { settlements: [...absences, ...unfinished], settled: ids }
}

async function counted(
  step: Step,
  history: HistoryState,
  { total, revealed }: PassProgress,
): Promise<HistoryState> {
  if (total === undefined || history.filledAt === null) return history
  if (total === null) return noteNoCount(history)
  const { count, deletedCount } = await step.store.span(step.source.id)
  // What this step brings is counted upstream, and is not stored before its commit.
  return noteCount(history, total, count - deletedCount + revealed)
}
