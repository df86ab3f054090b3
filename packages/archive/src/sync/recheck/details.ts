import type { Message, MessageDetail } from '@waybill/core'
import type { WantedDetail } from '../../store/archive-store.js'
import type { Step } from '../step/step.js'
import { retryDelayMs } from './recheck-schedule.js'
import {
  type Answer,
  failureOf,
  isOfMessage,
  isRefused,
  messageOf,
  MOST_ASKED,
  requestSingles,
} from './single-requests.js'

/** How often a message is asked for that the upstream refuses: about a day. */
const MOST_REFUSALS = 6
/** How often one is asked for whose request fails otherwise: about a week. */
const MOST_FAILURES = 12

interface Outcome {
  readonly updates: Message[]
  readonly details: Map<string, MessageDetail>
  readonly putOff: WantedDetail[]
  readonly given: string[]
}

/**
 * Asks once for messages that failed for a reason that no list shows, the newest first, and stores what comes. What fails
 * is put off, and given up after a while. An upstream that does not have the message has no reason either: whether the
 * message is gone, its list shows.
 *
 * @param limit how many requests it may send
 * @throws what one request failed with, as for rechecks
 */
export async function fetchDetails(step: Step, limit: number): Promise<void> {
  const { source, store, detailPace } = step
  const before = step.tally
  const wanted = await store.wantedDetails(source.id, step.now(), Math.min(limit, MOST_ASKED))
  if (wanted.length === 0) return
  const answers = await requestSingles(step, wanted)
  detailPace.spent(step.since(before).requests, step.now())
  const { updates, details, putOff, given } = await outcomeOf(step, answers)
  const checkpoints = source.rateLimit === undefined ? {} : { 'detail-pace': detailPace.snapshot(step.now()) }
  await step.commit({ updates, details, detailsPutOff: putOff, detailsGivenUp: given, checkpoints })
  detailPace.saved()
  const failure = failureOf(answers)
  if (details.size > 0)
    step.emit({ kind: 'rechecked', source: source.id, asked: wanted.length, ...step.since(before) })
  if (failure !== null) throw failure.error
}

async function outcomeOf(step: Step, answers: readonly Answer<WantedDetail>[]): Promise<Outcome> {
  const ids = answers.map(({ asked }) => asked.upstreamId)
  const stored = await step.store.stored(step.source.id, ids)
  const outcome: Outcome = { updates: [], details: new Map(), putOff: [], given: [] }
  for (const answer of answers) {
    const { upstreamId, attempts } = answer.asked
    const known = stored.get(upstreamId)?.message
    if (isRefused(answer)) continue
    if (known === undefined || (answer.kind === 'told' && answer.single === null)) {
      outcome.given.push(upstreamId)
    } else if (answer.kind === 'told' && answer.single !== null) {
      outcome.updates.push(messageOf(answer.single, known))
      outcome.details.set(upstreamId, answer.single.detail)
    } else if (attempts + 1 >= (isOfMessage(answer) ? MOST_REFUSALS : MOST_FAILURES)) {
      outcome.given.push(upstreamId)
    } else {
      const dueAt = step.now() + retryDelayMs(attempts)
      outcome.putOff.push({ upstreamId, dueAt, attempts: attempts + 1 })
    }
  }
  return outcome
}
