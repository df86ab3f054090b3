import type { ListResult, Message, RejectedRow, SourceWarning, WindowPaging } from '@waybill/core'
import { checkWindow } from '@waybill/engine'
import type { Recheck } from '../../store/archive-store.js'
import { assumedArrivals, observeArrivals } from '../poll/arrivals.js'
import { planPoll } from '../poll/poll-interval.js'
import { rechecksForAbsent, rechecksForNonFinal } from '../recheck/planned-rechecks.js'
import { nextAbsenceCheck } from '../recheck/recheck-schedule.js'
import type { Step } from '../step/step.js'
import { type KeptWindow, type Reach, reachOf } from './cut-off.js'
import { doubtsAbout } from './doubts.js'
import { hiddenMessages } from './hidden-messages.js'
import { judgeWindow, type SeenWindow } from './judge-window.js'
import type { KeptArrivals } from './window-traffic.js'

/** A burst that may come out of nothing, before anything is known of a source: 90 messages a minute. */
const ASSUMED_RATE = 90 / 60_000

/**
 * One poll of a source that lists its newest messages only: reads the window, stores it, and decides whether anything
 * was missed since the poll before, all in one commit.
 */
export async function syncWindow(step: Step, { maxItems }: WindowPaging): Promise<void> {
  const { source } = step
  const polledAt = step.now()
  const { messages, rejected, contradictions } = await readWindow(step, maxItems)
  const before = await step.checkpoint<KeptWindow>('window')
  // A row that cannot be read takes its place in the list all the same.
  const reach = await reachOf(step, messages, messages.length + rejected.length, maxItems, before)
  const stored = await step.stored(messages)
  const hidden = await hiddenMessages(step, messages, rejected, before)
  const { warnings, isBelieved } = doubtsAbout(messages, stored, contradictions, hidden.isDoubted)
  const isKnown = ({ upstreamId }: Message): boolean => stored.has(upstreamId)
  const seen = before?.seen ?? null
  const verdict = judgeWindow(seen, {
    polledAt,
    known: timesOf(messages.filter(isKnown)),
    unknown: timesOf(messages.filter((message) => !isKnown(message))),
    isFull: reach.isFull,
  })

  const kept = await step.checkpoint<KeptArrivals>('arrivals')
  const known = kept?.arrivals ?? assumedArrivals(ASSUMED_RATE, polledAt)
  // A server that cuts a list off will do so again.
  const capacity = reach.cutAt ?? maxItems
  const arrivals = observeArrivals(known, timesOf(messages), capacity, polledAt)
  const plan = planPoll(arrivals, capacity, source.poll, source.rateLimit, 1, polledAt)
  const isBehind = plan.limit !== null

  const gap = isBelieved ? verdict.gap : null
  const from = wholeFrom(messages, reach, seen)
  await step.commit({
    messages,
    rejected,
    coverage: isBelieved ? [verdict.coverage] : [],
    gaps: gap === null ? [] : [{ ...gap, observedAt: polledAt }],
    rechecks: await rechecksFor(
      step,
      new Set([...messages, ...rejected].flatMap(({ upstreamId }) => upstreamId ?? [])),
      new Set(hidden.ids),
      isBelieved ? from : Math.max(from, seen?.oldest ?? from),
    ),
    // Every poll lists these with their status. They are requested by id once they have left the window.
    settled: messages.map((message) => message.upstreamId),
    checkpoints: {
      window: {
        polledAt,
        seen: isBelieved ? verdict.seen : seen,
        cutAt: reach.cutAt,
        hidden: hidden.ids,
      } satisfies KeptWindow,
      arrivals: { arrivals, isBehind, capacity },
    },
    progress: { lastSyncedAt: polledAt, pollIntervalMs: plan.intervalMs, headWarnings: warnings },
  })

  if (gap !== null) step.emit({ kind: 'gap', source: source.id, cause: 'window', gap })
  if (plan.limit !== null && kept?.isBehind !== true) {
    const { wantedMs, intervalMs, limit } = plan
    step.emit({ kind: 'behind', source: source.id, wantedMs, pollIntervalMs: intervalMs, limit })
  }
  if (!isBehind && kept?.isBehind === true) step.emit({ kind: 'kept-up', source: source.id })
}

interface ReadWindow {
  readonly messages: readonly Message[]
  readonly rejected: readonly RejectedRow[]
  /** What contradicts itself in it. */
  readonly contradictions: readonly SourceWarning[]
}

async function readWindow(step: Step, limit: number): Promise<ReadWindow> {
  const { capabilities } = step.source.provider
  const first = await requestWindow(step, limit)
  // A row may come or go between the count and the list: what contradicts itself is asked for once more.
  const isCertain = checkWindow(first, capabilities).length === 0
  const result = isCertain ? first : await requestWindow(step, limit)
  return {
    messages: [...new Map(result.messages.map((message) => [message.upstreamId, message])).values()],
    rejected: result.rejected ?? [],
    contradictions: isCertain ? [] : checkWindow(result, capabilities),
  }
}

async function requestWindow({ source: { provider }, call }: Step, limit: number): Promise<ListResult> {
  const sort = provider.capabilities.sorts[0] ?? ({ field: 'createdAt', direction: 'desc' } as const)
  const page = { kind: 'window', limit } as const
  return provider.list({ filter: [], search: null, sort, fields: null, page }, call)
}

function timesOf(messages: readonly Message[]): number[] {
  return messages.map((message) => message.sentAt)
}

/** From when on a list has every message that there is, in milliseconds since the epoch. */
function wholeFrom(messages: readonly Message[], { isFull, cutAt }: Reach, seen: SeenWindow | null): number {
  const oldest = Math.min(...timesOf(messages))
  // Of the oldest one's time there may be others outside of a full list.
  if (isFull) return oldest + 1
  // One that lacks nothing of what was listed the last time may still be cut off before what was not. An empty one is more
  // likely a mistake than the end of everything: what it lacks is asked for, but not the whole archive.
  return cutAt === null && messages.length > 0 ? 0 : Math.min(oldest, seen?.oldest ?? oldest)
}

/**
 * What is asked for by id from now on: messages that left the window unfinished, and those that it lacks.
 *
 * @param found those that it lacks and that were found to be there just now
 */
async function rechecksFor(
  step: Step,
  listed: ReadonlySet<string>,
  found: ReadonlySet<string>,
  from: number,
): Promise<Recheck[]> {
  const now = step.now()
  const absences = await rechecksForAbsent(step, { from, to: now }, listed)
  const later = absences.map((absence) =>
    found.has(absence.upstreamId) ? { ...absence, dueAt: nextAbsenceCheck(1, now), attempts: 1 } : absence,
  )
  return [...(await rechecksForNonFinal(step, listed, from)), ...later]
}
