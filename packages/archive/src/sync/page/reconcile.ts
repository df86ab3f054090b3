import type { Message, SourceWarning, TimeRange } from '@waybill/core'
import { differingFields, replaceWhole } from '../../store/merge-message.js'
import type { SyncProgress } from '../../store/archive-store.js'
import { foundAgain, rechecksForAbsent } from '../recheck/planned-rechecks.js'
import type { Step, StepBatch } from '../step/step.js'
import { checkDirections } from './check-directions.js'
import { FEWEST_REQUESTS, MOST_BARREN, MOST_STUCK, RECONCILE_ROWS } from './constants.js'
import { joinWarnings, listedIn, lossesOf, messagesOf, NEWEST, plainFields, rejectedOf } from './list-page.js'
import type { KnownHead } from './overlap.js'
import { barrenAfter, isStuck, readNext, refuseBarren } from './read-next.js'
import { advanceReading, beginCheck, beginReading, type Reading, type ReadPage } from './reading.js'
import { beginPlan, endReconcile, nextReconcile, type ReconcilePlan } from './reconcile-plan.js'

/** What a step of a comparison has to know beside how far it is. */
export interface ComparedWith {
  /** Commits when the reading starts again. */
  readonly keep: (reading: Reading) => Promise<unknown>
  /**
   * Whether no total of the source shows if the lists by direction lack rows. Then the plain list is read behind them.
   */
  readonly needsCheck: (reading: Reading) => boolean
}

/** What one step of a comparison came to. */
export interface Compared {
  readonly reading: Reading
  readonly isDone: boolean
  /** Whether what came is still to be checked against the plain list, so that it proves nothing yet. */
  readonly isUnchecked: boolean
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
  const running = (await step.checkpoint<Reading>('reconcile')) ?? (await begin(step, plan))
  const isFirst = plan.filledAt === null
  const compared = await compareOn(step, running, {
    keep: (restarted) => step.commit({ checkpoints: { reconcile: restarted } }),
    // Of a part of the list, each row was met by a poll, which reads the plain list. With a warning everything is compared again.
    needsCheck: ({ from, isUncounted, losses }) =>
      from === 0 && (isUncounted || plan.isCounted === false) && losses.length === 0,
  })
  const { reading, isDone, isUnchecked, batch, uncertain } = compared
  const now = step.now()
  // Of the first one a gap says where it was uncertain. A later one says nothing new then.
  const gap = isFirst ? uncertain : null
  await step.commit({
    ...batch,
    ...(isFirst && !isUnchecked && !isUndirected(reading)
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
  if (!isDone) refuseBarren(step, reading.barren)
}

async function begin(step: Step, plan: ReconcilePlan): Promise<Reading> {
  const begunAt = step.now()
  const { from, isPlain } = nextReconcile(plan, step.source.reconcile, begunAt)
  const head = await step.checkpoint<{ readonly known: KnownHead }>('head')
  const top = head?.known.ids ?? []
  return beginReading({ from, isPlain, begunAt, top }, step.source.provider.capabilities.maxSkewMs)
}

/** Reads the next page of an exact reading, and compares it with what is stored. */
export async function compareOn(
  step: Step,
  before: Reading,
  { keep, needsCheck }: ComparedWith,
): Promise<Compared> {
  const { capabilities } = step.source.provider
  const { maxSkewMs } = capabilities
  const query = {
    sort: NEWEST,
    first: RECONCILE_ROWS,
    filter: before.from === 0 ? [] : [{ field: 'sentAt', operator: 'gte', value: before.from } as const],
    fields: before.isPlain || before.isCheck ? plainFields(capabilities) : null,
    totalCount: before.cursor === null && before.from === 0,
    maxUpstreamRequests:
      before.barren < MOST_BARREN ? Math.max(FEWEST_REQUESTS, step.pace.free(step.now())) : FEWEST_REQUESTS,
  }
  const restarted = (): Reading =>
    before.isCheck
      ? beginCheck(before, maxSkewMs)
      : beginReading({ ...before, begunAt: step.now() }, maxSkewMs)
  const { page, state: started } = await readNext(step, query, before, restarted, keep)
  const listed = messagesOf(page)
  const check = started.isCheck ? await checkDirections(step, started, listed) : null
  const messages = check?.messages ?? listed
  const isGivenUp = isStuck(started, page) && started.stuck + 1 >= MOST_STUCK
  const losses = joinWarnings(isGivenUp ? [GIVEN_UP] : [], lossesOf(page))
  const found = await countDifferences(step, messages)
  const isLast = !page.pageInfo.hasNextPage
  const cursor = page.pageInfo.endCursor
  const total = started.cursor === null ? page.totalCount : started.total
  const isWarned = page.reports.some(({ warnings }) => warnings.length > 0)
  const isUncounted = started.cursor === null ? page.totalCount === null && !isWarned : started.isUncounted
  const next: ReadPage = {
    messages,
    losses: joinWarnings(losses, check?.losses ?? []),
    found,
    cursor,
    isLast,
    isStuck: isStuck(started, page),
    barren: barrenAfter(started.barren, page),
  }
  const top = check === null ? started.top : check.top
  const { reading, span } = advanceReading({ ...started, total, isUncounted, top }, next, maxSkewMs)
  const isEnded = isLast || isGivenUp
  const isUnchecked =
    plainFields(capabilities) !== null &&
    !reading.isPlain &&
    !reading.isCheck &&
    !isGivenUp &&
    reading.losses.every(({ field }) => field !== 'direction') &&
    needsCheck(reading)
  const isDone = isEnded && !isUnchecked
  const isCovered = reading.losses.length === 0 && span.from <= reading.begunAt
  return {
    reading: isEnded && isUnchecked ? beginCheck(reading, maxSkewMs) : reading,
    isDone,
    isUnchecked,
    batch: {
      messages,
      rejected: rejectedOf(page),
      coverage: isCovered && !isUnchecked ? [{ from: span.from, to: reading.begunAt }] : [],
      rechecks: isUnchecked
        ? []
        : await rechecksForAbsent(step, span, new Set([...span.ids, ...listedIn(page)])),
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
