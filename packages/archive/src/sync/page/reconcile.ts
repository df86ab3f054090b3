import type { Message, SourceWarning, TimeRange } from '@waybill/core'
import { differingFields, replaceWhole } from '../../store/merge-message.js'
import type { SyncProgress } from '../../store/archive-store.js'
import { foundAgain, rechecksForAbsent } from '../recheck/planned-rechecks.js'
import type { Step, StepBatch } from '../step/step.js'
import { FEWEST_REQUESTS, MOST_STUCK, RECONCILE_ROWS } from './constants.js'
import { joinWarnings, listedIn, lossesOf, messagesOf, NEWEST, plainFields, rejectedOf } from './list-page.js'
import { isStuck, readNext } from './read-next.js'
import { advanceReading, beginReading, type Reading } from './reading.js'
import { beginPlan, endReconcile, nextReconcile, type ReconcilePlan } from './reconcile-plan.js'

/** What one step of a comparison came to. */
export interface Compared {
  readonly reading: Reading
  readonly isDone: boolean
  /** What it brought, and what follows from it for the store. */
  readonly batch: StepBatch
  /** Where this step could not be certain to have met every message; null where it could. */
  readonly uncertain: TimeRange | null
}

/**
 * Does the next step of comparing a source's list with the archive, newest first: the first time that fills it, later it
 * finds what is missing, what differs and what was deleted. What comes and where to go on are one commit.
 */
export async function reconcile(step: Step, kept: ReconcilePlan | null): Promise<void> {
  const { source, tally } = step
  const plan = kept ?? beginPlan(step.now())
  const running = (await step.checkpoint<Reading>('reconcile')) ?? begin(step, plan)
  const isFirst = plan.filledAt === null
  const compared = await compareOn(step, running, (restarted) =>
    step.commit({ checkpoints: { reconcile: restarted } }),
  )
  const { reading, isDone, batch, uncertain } = compared
  const now = step.now()
  // Of the first one a gap says where it was uncertain. A later one says nothing new then.
  const gap = isFirst ? uncertain : null
  await step.commit({
    ...batch,
    ...(isFirst && !isUndirected(reading)
      ? { coverage: [{ from: reading.floor, to: reading.begunAt }] }
      : {}),
    gaps: gap === null ? [] : [{ ...gap, observedAt: now }],
    ...(isDone ? proofBy(reading) : {}),
    checkpoints: {
      reconcile: isDone ? null : reading,
      'reconcile-plan': isDone ? endReconcile(plan, reading, source.reconcile, now) : plan,
    },
    progress: {
      ...(isFirst && running.cursor === null ? { lastSyncedAt: reading.begunAt } : {}),
      ...(isDone ? await standingWarnings(step, reading) : {}),
    },
  })
  if (gap !== null) step.emit({ kind: 'gap', source: source.id, cause: 'reading', gap })
  const { from, read, total } = reading
  const downTo = batch.messages?.at(-1)?.sentAt ?? null
  const purpose = isFirst ? 'back-fill' : 'reconcile'
  const progress = { purpose, from, read, total, downTo, isDone } as const
  step.emit({ kind: 'history', source: source.id, ...progress, ...step.since(tally) })
}

function begin(step: Step, plan: ReconcilePlan): Reading {
  const begunAt = step.now()
  const { from, isPlain } = nextReconcile(plan, step.source.reconcile, begunAt)
  return beginReading({ from, isPlain, begunAt }, step.source.provider.capabilities.maxSkewMs)
}

/**
 * Reads the next page of an exact reading, and compares it with what is stored.
 *
 * @param keep commits when the reading starts again
 */
export async function compareOn(
  step: Step,
  before: Reading,
  keep: (reading: Reading) => Promise<unknown>,
): Promise<Compared> {
  const { capabilities } = step.source.provider
  const { maxSkewMs } = capabilities
  const query = {
    sort: NEWEST,
    first: RECONCILE_ROWS,
    filter: before.from === 0 ? [] : [{ field: 'sentAt', operator: 'gte', value: before.from } as const],
    fields: before.isPlain ? plainFields(capabilities) : null,
    totalCount: before.cursor === null && before.from === 0,
    maxUpstreamRequests: Math.max(FEWEST_REQUESTS, step.pace.free(step.now())),
  }
  const restarted = (): Reading => beginReading({ ...before, begunAt: step.now() }, maxSkewMs)
  const { page, state: started } = await readNext(step, query, before, restarted, keep)
  const messages = messagesOf(page)
  const isGivenUp = isStuck(started, page) && started.stuck + 1 >= MOST_STUCK
  const losses = joinWarnings(isGivenUp ? [GIVEN_UP] : [], lossesOf(page))
  const found = await countDifferences(step, messages)
  const isLast = !page.pageInfo.hasNextPage
  const cursor = page.pageInfo.endCursor
  const total = started.cursor === null ? page.totalCount : started.total
  const next = { messages, losses, found, cursor, isLast, isStuck: isStuck(started, page) }
  const { reading, span } = advanceReading({ ...started, total }, next, maxSkewMs)
  const isDone = isLast || isGivenUp
  const isCovered = reading.losses.length === 0 && span.from <= reading.begunAt
  return {
    reading,
    isDone,
    batch: {
      messages,
      rejected: rejectedOf(page),
      coverage: isCovered ? [{ from: span.from, to: reading.begunAt }] : [],
      rechecks: await rechecksForAbsent(step, span, new Set([...span.ids, ...listedIn(page)])),
      settled: await foundAgain(step, messages),
    },
    uncertain: losses.length === 0 ? null : uncertainSpan(started, messages, isDone),
  }
}

const GIVEN_UP: SourceWarning = {
  code: 'PLACE_LOST',
  message:
    'The list could not be read beyond one position. It is compared again later; until then, messages after that position may differ.',
  field: null,
  count: null,
}

/** How many messages are not stored as they are. */
async function countDifferences(step: Step, messages: readonly Message[]): Promise<number> {
  const stored = await step.stored(messages)
  return messages.filter((message) => {
    const known = stored.get(message.upstreamId)
    return known === undefined || known.deleted || differs(known.message, message)
  }).length
}

/** Whether what a list tells of a message is anything else than what is stored. */
export function differs(stored: Message, told: Message): boolean {
  return Object.keys(differingFields(stored, replaceWhole(stored, told))).length > 0
}

/** Where the reader could not be certain to have met every message. */
function uncertainSpan(before: Reading, messages: readonly Message[], isDone: boolean): TimeRange {
  const times = messages.map((message) => message.sentAt)
  const to = Math.max(...times, Math.min(before.floor, before.begunAt))
  return { from: isDone ? before.from : Math.min(...times, to), to }
}

/** Whether rows are stored without the direction that they have: then the history is nowhere complete. */
function isUndirected({ losses }: Reading): boolean {
  return losses.some(({ code }) => code === 'DIRECTION_IGNORED')
}

/** What a comparison that has ended is the proof of; nothing where it could not be certain. */
function proofBy({ from, begunAt, blindFrom, losses }: Reading): StepBatch {
  if (losses.length > 0) return {}
  const to = Math.min(begunAt, blindFrom - 1)
  return {
    verified: { from, to: begunAt },
    ...(from <= to ? { proven: { from, to, at: begunAt } } : {}),
    ...(from === 0 ? { rejectedSeenSince: begunAt } : {}),
  }
}

/**
 * What is wrong from now on. The plain list cannot clear what was found wrong with the lists by direction; those lists clear
 * it for the polls as well, which may not read them again for long.
 */
async function standingWarnings(
  step: Step,
  { isPlain, losses }: Reading,
): Promise<Pick<SyncProgress, 'reconcileWarnings'> & Partial<SyncProgress>> {
  const { reconcileWarnings, headWarnings } = await step.store.progress(step.source.id)
  if (!isPlain) {
    const ofPolls = headWarnings.filter(({ field }) => field !== 'direction')
    return { reconcileWarnings: losses, ...(losses.length === 0 ? { headWarnings: ofPolls } : {}) }
  }
  const ofDirection = reconcileWarnings.filter(({ field }) => field === 'direction')
  return { reconcileWarnings: joinWarnings(ofDirection, losses) }
}
