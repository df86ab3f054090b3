import type { Message, MessageDetail } from '@waybill/core'
import type { Recheck } from '../../store/archive-store.js'
import type { Step } from '../step/step.js'
import { nextAbsenceCheck, nextRecheck } from './recheck-schedule.js'
import {
  type Answer,
  failureOf,
  isOfMessage,
  isRefused,
  messageOf,
  MOST_ASKED,
  requestSingles,
} from './single-requests.js'

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
  const answers = await requestSingles(step, due)
  await step.commit(await outcomeOf(step, answers))
  if (answers.some(({ kind }) => kind === 'told')) {
    step.emit({ kind: 'rechecked', source: source.id, asked: due.length, ...step.since(before) })
  }
  const failure = failureOf(answers)
  if (failure !== null) throw failure.error
  return true
}

interface Outcome {
  readonly updates: Message[]
  readonly details: Map<string, MessageDetail>
  readonly deleted: string[]
  readonly rechecks: Recheck[]
  readonly settled: string[]
}

async function outcomeOf(step: Step, answers: readonly Answer<Recheck>[]): Promise<Outcome> {
  const considered = answers.filter((answer) => !isRefused(answer))
  const ids = considered.map((answer) => answer.asked.upstreamId)
  const stored = await step.store.stored(step.source.id, ids)
  const outcome: Outcome = { updates: [], details: new Map(), deleted: [], rechecks: [], settled: [] }
  for (const answer of considered) {
    const { upstreamId } = answer.asked
    const known = stored.get(upstreamId)?.message
    if (known === undefined) outcome.settled.push(upstreamId)
    else if (answer.kind === 'failed') putOff(outcome, answer.asked, attemptsOf(answer), known, step.now())
    else if (answer.single === null) outcome.deleted.push(upstreamId)
    else {
      const told = messageOf(answer.single, known)
      outcome.updates.push(told)
      outcome.details.set(upstreamId, answer.single.detail)
      putOff(outcome, answer.asked, attemptsOf(answer), told, step.now())
    }
  }
  outcome.settled.push(...outcome.deleted)
  return outcome
}

/** How often it was asked for in earnest: an upstream that fails for a while says nothing of the message. */
function attemptsOf(answer: Answer<Recheck>): number {
  const { attempts } = answer.asked
  return answer.kind === 'told' || isOfMessage(answer) ? attempts + 1 : attempts
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
