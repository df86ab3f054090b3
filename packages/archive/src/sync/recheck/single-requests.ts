import type { Message, SingleMessage } from '@waybill/core'
import { asksToWait, describeFailure } from '../step/failure.js'
import type { Step } from '../step/step.js'

/** How many messages one step asks for. */
export const MOST_ASKED = 10

/** What a request for a single message came to. */
export type Answer<Asked> =
  | { readonly kind: 'told'; readonly asked: Asked; readonly single: SingleMessage | null }
  | { readonly kind: 'failed'; readonly asked: Asked; readonly error: unknown }

/** Asks for messages by their ids, all at once. @throws the signal's reason when it is aborted */
export async function requestSingles<Asked extends { readonly upstreamId: string }>(
  step: Step,
  wanted: readonly Asked[],
): Promise<Answer<Asked>[]> {
  return Promise.all(
    wanted.map(async (asked): Promise<Answer<Asked>> => {
      try {
        const single = (await step.source.provider.get?.(asked.upstreamId, step.call)) ?? null
        return { kind: 'told', asked, single }
      } catch (error) {
        step.signal.throwIfAborted()
        return { kind: 'failed', asked, error }
      }
    }),
  )
}

/** Whether a request was refused as one too many, which says nothing of the message. */
export function isRefused(answer: Answer<unknown>): boolean {
  return answer.kind === 'failed' && describeFailure(answer.error).code === 'UPSTREAM_RATE_LIMITED'
}

/** Whether a request failed in a way that says something of the message, and not of all of them. */
export function isOfMessage(answer: Answer<unknown>): boolean {
  return answer.kind === 'failed' && SAID_OF_ONE.includes(describeFailure(answer.error).code)
}

const SAID_OF_ONE: readonly string[] = ['UPSTREAM_REJECTED', 'UPSTREAM_INVALID_RESPONSE']

/** Why the whole step failed, once what it brought is stored: when the upstream said to wait, or when each request failed. */
export function failureOf(answers: readonly Answer<unknown>[]): { readonly error: unknown } | null {
  const failed = answers.flatMap((answer) => (answer.kind === 'failed' ? [answer] : []))
  const [longest] = failed
    .filter(({ error }) => asksToWait(describeFailure(error)))
    .toSorted((a, b) => waitOf(b.error) - waitOf(a.error))
  return longest ?? (failed.length === answers.length ? (failed[0] ?? null) : null)
}

function waitOf(error: unknown): number {
  return describeFailure(error).retryAfterSeconds ?? 0
}

/** A message that is told in part is completed by what is known of it. */
export function messageOf({ message, fields }: SingleMessage, known: Message): Message {
  return message ?? { ...known, ...fields, upstreamId: known.upstreamId, sentAt: known.sentAt }
}
