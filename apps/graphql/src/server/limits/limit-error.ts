import type { ServerLimits } from '@waybill/runtime'
import { GraphQLError } from 'graphql'

/** A limit that a query does not keep to. */
export interface Excess {
  readonly limit: keyof ServerLimits
  /** What was asked for; null where counting ended at the limit. */
  readonly asked: number | null
  readonly allowed: number
  /** The limit as a clause: "nests fields deeper than 12". */
  readonly text: string
  /** How to ask for less. */
  readonly remedy: string
}

/** Refuses a query for a limit: which one, what was asked, what is allowed, and how to ask for less. */
export function limitError({ limit, asked, allowed, text, remedy }: Excess): GraphQLError {
  const given = asked === null ? '' : `: ${asked}`
  return new GraphQLError(`The query ${text}${given}. ${remedy}`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE', limit, allowed, ...(asked !== null && { asked }) },
  })
}

/**
 * Refuses a query for a limit of its caller that holds for a minute.
 * @param text the limit as a clause, as above.
 */
export function minuteError(text: string, secondsLeft: number): GraphQLError {
  const retryAfterSeconds = Math.max(1, secondsLeft)
  const message = `The query ${text}. Send it again after ${retryAfterSeconds} s, or ask for less.`
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfterSeconds,
      http: { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } },
    },
  })
}
