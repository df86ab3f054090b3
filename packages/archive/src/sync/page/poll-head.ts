import type { Message, RejectedRow, SourceWarning } from '@waybill/core'
import type { MessagePage } from '@waybill/engine'
import { type Arrivals, assumedArrivals, observeArrivals } from '../poll/arrivals.js'
import { planPoll } from '../poll/poll-interval.js'
import { rechecksFor, foundAgain, rechecksForNonFinal } from '../recheck/planned-rechecks.js'
import type { Step, StepBatch } from '../step/step.js'
import { FEWEST_REQUESTS, HEAD_ROWS, LABEL_READINGS, REQUESTS_A_POLL } from './constants.js'
import {
  joinWarnings,
  listedIn,
  lossesAtHead,
  lossesOf,
  messagesOf,
  NEWEST,
  plainFields,
  rejectedOf,
  tellsChanges,
} from './list-page.js'
import { goneFrom, knowAlso, type KnownHead, reaches, rememberHead } from './overlap.js'
import { refuseBarren } from './read-next.js'
import { beginReading, type Reading } from './reading.js'
import { compareOn } from './reconcile.js'
import { noteCount, noteSuspect, type ReconcilePlan } from './reconcile-plan.js'

/** Where the polls of a list stand, as a plain value. */
export interface HeadState extends Head {
  /** A poll that is under way: it found more than its page holds, and reads on; null between two. */
  readonly catchUp: (Head & { readonly reading: Reading }) | null
}

/** The head of a list at one time. */
interface Head {
  readonly polledAt: number
  readonly known: KnownHead
}

/** What a poll came to, once it has come to what was there before. */
interface Polled extends Head {
  readonly messages: readonly Message[]
  /** Rows of the last poll that should have come, and did not. */
  readonly gone: readonly string[]
  /** How many rows the source counts, and how many should be stored by then; null where it was not asked. */
  readonly count: { readonly total: number | null; readonly revealed: number } | null
  /** Why it need not have met everything; empty where it has. */
  readonly losses: readonly SourceWarning[]
  /** When the earliest of the rows was sent whose direction could not be learned; null where none is left. */
  readonly undirectedFrom: number | null
  /** Whether the directions were read as well, so that what was wrong with them before is so no more. */
  readonly isDirected: boolean
}

/**
 * Does the next step of a poll: what is new, read exactly until it comes to what the last poll met. So everything that
 * was recorded in between is stored, and the history is covered.
 */
export async function syncHead(step: Step, plan: ReconcilePlan | null): Promise<void> {
  const before = await step.checkpoint<HeadState>('head')
  if (before !== null && before.catchUp !== null) return catchUp(step, plan, before, before.catchUp)
  const { capabilities } = step.source.provider
  const polledAt = step.now()
  const totalCount = plan !== null && plan.filledAt !== null && plan.isCounted !== false
  const query = { sort: NEWEST, first: HEAD_ROWS, fields: plainFields(capabilities), totalCount }
  const page = await step.read(query)
  const listed = messagesOf(page)
  const head = {
    polledAt,
    known: rememberHead(listed, polledAt, capabilities.maxSkewMs, before?.known ?? null),
  }
  const arrivals = await arrivalsWith(step, listed, polledAt)
  if (before === null) {
    // All that there is behind it is for the first comparison.
    const checkpoints = { arrivals, head: { ...head, catchUp: null } }
    return void (await step.commit({ rejected: rejectedOf(page), checkpoints }))
  }
  const stored = await step.stored(listed)
  if (page.pageInfo.hasNextPage && !reaches(before.known, listed)) {
    const reading = beginReading(
      { from: before.known.since, isPlain: false, begunAt: polledAt, top: head.known.ids },
      capabilities.maxSkewMs,
    )
    const state: HeadState = { ...before, catchUp: { ...head, reading } }
    const messages = listed.filter(({ upstreamId }) => stored.has(upstreamId))
    await step.commit({ messages, rejected: rejectedOf(page), checkpoints: { arrivals, head: state } })
    return
  }
  const isNew = ({ upstreamId }: Message): boolean => !stored.has(upstreamId)
  const directed = await directedRows(step, listed.filter(isNew))
  const messages = [
    ...new Map([...listed, ...directed.messages].map((each) => [each.upstreamId, each])).values(),
  ]
  const polled: Polled = {
    ...head,
    ...directed,
    messages,
    gone: await goneRows(step, before.known, page),
    count: totalCount ? { total: page.totalCount, revealed: countRevealed(listed, stored) } : null,
    losses: joinWarnings(lossesAtHead(page), directed.losses),
  }
  const ended = await endPoll(step, plan, before, polled, arrivals)
  await step.commit({ ...ended, messages, rejected: [...rejectedOf(page), ...directed.rejected] })
}

/**
 * Rows of the last poll that should be on the page and are not. Those of the time with which it ends may stand behind it,
 * since equal times may be listed in another order.
 */
async function goneRows(step: Step, known: KnownHead, page: MessagePage): Promise<string[]> {
  const gone = goneFrom(known, listedIn(page))
  if (gone.length === 0) return gone
  const end = Math.min(...messagesOf(page).map(({ sentAt }) => sentAt))
  const stored = await step.store.stored(step.source.id, gone)
  return gone.filter((id) => (stored.get(id)?.message.sentAt ?? end) > end)
}

/** How many of the messages are not stored, or stored as deleted. */
function countRevealed(listed: readonly Message[], stored: Awaited<ReturnType<Step['stored']>>): number {
  return listed.filter(({ upstreamId }) => stored.get(upstreamId)?.deleted !== false).length
}

interface DirectedRows extends Pick<Polled, 'messages' | 'losses' | 'isDirected' | 'undirectedFrom'> {
  readonly rejected: readonly RejectedRow[]
}

/** What a plain list does not tell of new rows, where the engine learns it; the newest rows come along. */
async function directedRows(step: Step, newRows: readonly Message[]): Promise<DirectedRows> {
  const isTold = plainFields(step.source.provider.capabilities) === null
  if (isTold || newRows.length === 0) {
    return { messages: [], rejected: [], losses: [], isDirected: isTold, undirectedFrom: null }
  }
  const awaited = new Map(newRows.map(({ upstreamId, sentAt }) => [upstreamId, sentAt]))
  const pages: MessagePage[] = []
  let after: string | null = null
  while (awaited.size > 0 && pages.length < LABEL_READINGS) {
    const maxUpstreamRequests = Math.max(FEWEST_REQUESTS, step.pace.free(step.now()))
    const page: MessagePage = await step.read({ sort: NEWEST, first: HEAD_ROWS, after, maxUpstreamRequests })
    pages.push(page)
    for (const { message } of page.edges) awaited.delete(message.upstreamId)
    after = page.pageInfo.endCursor
    if (!page.pageInfo.hasNextPage) break
  }
  // That the plain list has no other rows is proven already: only a direction that cannot be had is a loss.
  const losses = pages.flatMap(lossesOf).filter(({ code }) => code === 'DIRECTION_IGNORED')
  return {
    messages: pages.flatMap(messagesOf),
    rejected: pages.flatMap(rejectedOf),
    losses: joinWarnings(losses),
    isDirected: true,
    undirectedFrom: awaited.size === 0 ? null : Math.min(...awaited.values()),
  }
}

/** More came than a page holds: everything that was sent since is compared, and so read exactly as well. */
async function catchUp(
  step: Step,
  plan: ReconcilePlan | null,
  before: HeadState,
  underWay: NonNullable<HeadState['catchUp']>,
): Promise<void> {
  const keep = (reading: Reading): Promise<unknown> =>
    step.commit({ checkpoints: { head: { ...before, catchUp: { ...underWay, reading } } } })
  const { reading, isDone, batch } = await compareOn(step, underWay.reading, {
    keep,
    needsCheck: () => plan?.isCounted !== true,
  })
  const { messages = [] } = batch
  const known = knowAlso(
    underWay.known,
    messages.map(({ upstreamId }) => upstreamId),
  )
  if (!isDone) {
    const head: HeadState = { ...before, catchUp: { ...underWay, known, reading } }
    await step.commit({ ...batch, checkpoints: { head } })
    return refuseBarren(step, reading.barren)
  }
  const { losses } = reading
  const polled: Polled = {
    ...underWay,
    known,
    messages,
    gone: [],
    // Messages came in steps since it was counted: the next poll compares it.
    count: null,
    losses,
    isDirected: true,
    undirectedFrom: null,
  }
  const arrivals = await arrivalsWith(step, messages, step.now())
  const ended = await endPoll(step, plan, before, polled, arrivals)
  await step.commit({
    ...ended,
    ...batch,
    coverage: [...(batch.coverage ?? []), ...(ended.coverage ?? [])],
    rechecks: [...(batch.rechecks ?? []), ...(ended.rechecks ?? [])],
    settled: [...(batch.settled ?? []), ...(ended.settled ?? [])],
    checkpoints: ended.checkpoints ?? {},
  })
}

/** What follows from a poll that has come to its end. */
async function endPoll(
  step: Step,
  plan: ReconcilePlan | null,
  before: HeadState,
  polled: Polled,
  arrivals: Arrivals,
): Promise<StepBatch> {
  const { polledAt, known, losses, isDirected } = polled
  const { store, source } = step
  const isProven = losses.length === 0
  const head: HeadState = { polledAt, known, catchUp: null }
  const { poll, rateLimit } = source
  const { intervalMs } = planPoll(arrivals, HEAD_ROWS, poll, rateLimit, REQUESTS_A_POLL, step.now())
  const { headWarnings } = await store.progress(source.id)
  const standing = isDirected ? [] : headWarnings.filter(({ field }) => field === 'direction')
  return {
    ...(await singlesFor(step, polled)),
    coverage: isProven ? [{ from: Math.min(before.polledAt, polledAt), to: polledAt }] : [],
    checkpoints: { arrivals, head, ...(await planAfter(step, plan, before, polled)) },
    progress: {
      ...(isProven ? { lastSyncedAt: polledAt } : {}),
      pollIntervalMs: intervalMs,
      headWarnings: joinWarnings(standing, losses),
    },
  }
}

/** The count may differ; and what a poll could not be certain of has to be compared. */
async function planAfter(
  step: Step,
  plan: ReconcilePlan | null,
  { known }: HeadState,
  { count, losses, undirectedFrom }: Polled,
): Promise<StepBatch['checkpoints']> {
  if (plan === null) return {}
  const suspects = [
    ...(losses.length === 0 ? [] : [known.since]),
    ...(undirectedFrom === null ? [] : [undirectedFrom]),
  ]
  const at = step.now()
  const suspected = suspects.length === 0 ? plan : noteSuspect(plan, { from: Math.min(...suspects), at })
  if (count === null) return { 'reconcile-plan': suspected }
  const { id } = step.source
  const span = await step.store.span(id)
  const { unstored } = await step.store.rejectedCount(id)
  // What this step brings is counted upstream, and is not stored before its commit.
  const stored = span.count - span.deletedCount + count.revealed + unstored
  return { 'reconcile-plan': noteCount(suspected, count.total, stored) }
}

/**
 * What is asked for by id from now on: messages that the list lacks, and, where no list tells what changed, those that are
 * not among its newest and may still change.
 */
async function singlesFor(
  step: Step,
  { messages, gone, known }: Polled,
): Promise<Pick<StepBatch, 'rechecks' | 'settled'>> {
  const absences = await rechecksFor(step, gone)
  const again = await foundAgain(step, messages)
  if (tellsChanges(step.source.provider.capabilities)) return { rechecks: absences, settled: again }
  const unfinished = await rechecksForNonFinal(step, new Set([...known.ids, ...gone]), step.now())
  return { rechecks: [...absences, ...unfinished], settled: [...known.ids, ...again] }
}

async function arrivalsWith(step: Step, listed: readonly Message[], now: number): Promise<Arrivals> {
  const known = (await step.checkpoint<Arrivals>('arrivals')) ?? assumedArrivals(0, now)
  return observeArrivals(
    known,
    listed.map(({ sentAt }) => sentAt),
    HEAD_ROWS,
    now,
  )
}
