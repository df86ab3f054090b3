import type { Message, MessageDetail, SingleMessage } from '@waybill/core'
import type { Recheck } from '../../store/archive-store.js'
import { describeFailure, asksToWait } from '../step/failure.js'
import type { Step } from '../step/step.js'
import { nextAbsenceCheck, nextRecheck } from './recheck-schedule.js'

/** How many messages one step asks for. */
export const MOST_ASKED = 10

interface Failed {
  readonly kind: 'failed'
  readonly recheck: Recheck
  readonly error: unknown
}

type Answer =
  | { readonly kind: 'told'; readonly recheck: Recheck; readonly single: SingleMessage | null }
  | Failed

/**
 * Asks for messages that no list tells of any more, one by one, and stores what comes.
 *
 * Each is put off, those that failed as well: else ten that always fail would keep all others from being asked for. Only
 * what the upstream refused as too much stays due.
 *
 * @returns false when nothing was due
 * @throws what one request failed with, once what the others brought is stored: when the upstream said to wait, or when
 *   every one failed
 */
export async function recheckMessages(step: Step, limit: number): Promise<boolean> {
  const { source, store } = step
  const before = step.tally
  const due = await store.due(source.id, step.now(), Math.min(limit, MOST_ASKED))
  if (due.length === 0) return false
  const answers = await Promise.all(due.map((recheck) => ask(step, recheck)))
  await step.commit(await outcomeOf(step, answers))
  const failed = answers.filter((answer) => answer.kind === 'failed')
  if (failed.length < answers.length) {
    step.emit({ kind: 'rechecked', source: source.id, asked: due.length, ...step.since(before) })
  }
  const [longest] = failed
    .filter(({ error }) => asksToWait(describeFailure(error)))
    .toSorted((a, b) => waitOf(b) - waitOf(a))
  const reason = longest ?? (failed.length === answers.length ? failed[0] : undefined)
  if (reason !== undefined) throw reason.error
  return true
}

function waitOf({ error }: Failed): number {
  return describeFailure(error).retryAfterSeconds ?? 0
}

/** As too much, which says nothing of the message. */
function isRefused(answer: Answer): boolean {
  return answer.kind === 'failed' && describeFailure(answer.error).code === 'UPSTREAM_RATE_LIMITED'
}

async function ask(step: Step, recheck: Recheck): Promise<Answer> {
  try {
    const single = (await step.source.provider.get?.(recheck.upstreamId, step.call)) ?? null
    return { kind: 'told', recheck, single }
  } catch (error) {
    step.signal.throwIfAborted()
    return { kind: 'failed', recheck, error }
  }
}

interface Outcome {
  readonly updates: Message[]
  readonly details: Map<string, MessageDetail>
  readonly deleted: string[]
  readonly rechecks: Recheck[]
  readonly settled: string[]
}

async function outcomeOf(step: Step, answers: readonly Answer[]): Promise<Outcome> {
  const considered = answers.filter((answer) => !isRefused(answer))
  const ids = considered.map((answer) => answer.recheck.upstreamId)
  const stored = await step.store.stored(step.source.id, ids)
  const outcome: Outcome = { updates: [], details: new Map(), deleted: [], rechecks: [], settled: [] }
  for (const answer of considered) {
    const { upstreamId } = answer.recheck
    const known = stored.get(upstreamId)?.message
    if (known === undefined) outcome.settled.push(upstreamId)
    else if (answer.kind === 'failed') putOff(outcome, answer.recheck, attemptsOf(answer), known, step.now())
    else if (answer.single === null) outcome.deleted.push(upstreamId)
    else {
      const told = messageOf(answer.single, known)
      outcome.updates.push(told)
      outcome.details.set(upstreamId, answer.single.detail)
      putOff(outcome, answer.recheck, attemptsOf(answer), told, step.now())
    }
  }
  outcome.settled.push(...outcome.deleted)
  return outcome
}

/** How often it was asked for in earnest: an upstream that fails for a while says nothing of the message. */
function attemptsOf(answer: Answer): number {
  const { attempts } = answer.recheck
  if (answer.kind === 'told') return attempts + 1
  return SAID_OF_ONE.includes(describeFailure(answer.error).code) ? attempts + 1 : attempts
}

/** What fails for a message, and not for all of them. */
const SAID_OF_ONE: readonly string[] = ['UPSTREAM_REJECTED', 'UPSTREAM_INVALID_RESPONSE']

/** A message that is told in part is completed by what is known of it. */
function messageOf({ message, fields }: SingleMessage, known: Message): Message {
  return message ?? { ...known, ...fields, upstreamId: known.upstreamId, sentAt: known.sentAt }
}

/** One that its list lacks is asked for as long as it may change, and then more and more rarely: it may still be deleted. */
function putOff(
  outcome: Outcome,
  { upstreamId, reason }: Recheck,
  attempts: number,
  message: Message,
  now: number,
): void {
  const change = nextRecheck(message, attempts, now)
  const absence = reason === 'absence' ? nextAbsenceCheck(attempts, now) : null
  const later = change === null || absence === null ? (change ?? absence) : Math.min(change, absence)
  if (later === null) outcome.settled.push(upstreamId)
  else outcome.rechecks.push({ upstreamId, reason, dueAt: later, attempts })
}
