/** Who has to act for an error to go away. */
export type ErrorActor = 'caller' | 'operator' | 'upstream'

/** What is known about an error code as such. */
export interface ErrorCodeInfo {
  readonly actor: ErrorActor
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean
  /** What the one who reads the error should do, as a full sentence. */
  readonly remedy: string
}

/** A stable error code. */
export type ErrorCode =
  | 'INVALID_FILTER'
  | 'INVALID_CURSOR'
  | 'BAD_USER_INPUT'
  | 'UNSUPPORTED_SORT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'QUERY_TOO_EXPENSIVE'
  | 'INVALID_CONFIGURATION'
  | 'UPSTREAM_UNAUTHORIZED'
  | 'UPSTREAM_FORBIDDEN'
  | 'UPSTREAM_RATE_LIMITED'
  | 'UPSTREAM_REJECTED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_INVALID_RESPONSE'
  | 'ARCHIVE_UNAVAILABLE'

/** A code of an error that an upstream is the cause of. */
export type UpstreamErrorCode = Extract<ErrorCode, `UPSTREAM_${string}`>

/** Every code that a Waybill error can carry, with who must act and whether trying again can help. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorCodeInfo>> = {
  INVALID_FILTER: { actor: 'caller', retryable: false, remedy: 'Correct the filter.' },
  INVALID_CURSOR: {
    actor: 'caller',
    retryable: false,
    remedy: 'Start again without a cursor, or repeat the query that the cursor belongs to.',
  },
  BAD_USER_INPUT: { actor: 'caller', retryable: false, remedy: 'Correct the argument.' },
  UNSUPPORTED_SORT: {
    actor: 'caller',
    retryable: false,
    remedy: 'Choose another sort, or leave the source out with filter.source.',
  },
  UNAUTHENTICATED: { actor: 'caller', retryable: false, remedy: 'Send valid credentials.' },
  FORBIDDEN: { actor: 'caller', retryable: false, remedy: 'Ask the operator for access.' },
  QUERY_TOO_EXPENSIVE: { actor: 'caller', retryable: false, remedy: 'Ask for less in one query.' },
  INVALID_CONFIGURATION: { actor: 'operator', retryable: false, remedy: 'Correct the configuration.' },
  UPSTREAM_UNAUTHORIZED: {
    actor: 'operator',
    retryable: false,
    remedy: "Check the source's credentials in the configuration.",
  },
  UPSTREAM_FORBIDDEN: {
    actor: 'operator',
    retryable: false,
    remedy: "Give the source's credentials the permission to read messages.",
  },
  UPSTREAM_RATE_LIMITED: { actor: 'upstream', retryable: true, remedy: 'Wait, then try again.' },
  UPSTREAM_REJECTED: {
    actor: 'operator',
    retryable: false,
    remedy: "Check the source's baseUrl and options in the configuration.",
  },
  UPSTREAM_UNAVAILABLE: { actor: 'upstream', retryable: true, remedy: 'Try again later.' },
  UPSTREAM_TIMEOUT: { actor: 'upstream', retryable: true, remedy: 'Try again later.' },
  UPSTREAM_INVALID_RESPONSE: {
    actor: 'upstream',
    retryable: false,
    remedy: "Check that the source's baseUrl points at the API; if it does, report what was found.",
  },
  ARCHIVE_UNAVAILABLE: { actor: 'operator', retryable: true, remedy: 'Check the archive, then try again.' },
}
