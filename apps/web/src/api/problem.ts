import type { CombinedError } from '@urql/core'

/** What went wrong, as far as the page treats it differently. */
export type ProblemKind =
  | 'gone'
  | 'slow'
  | 'locked'
  | 'forbidden'
  | 'expensive'
  | 'busy'
  | 'input'
  | 'archive'
  | 'upstream'
  | 'unknown'

/** Why something could not be shown. */
export interface Problem {
  readonly kind: ProblemKind
  /** In the server's own words; empty where it did not answer. */
  readonly message: string
  /** How long to wait before the next try, in seconds; null where the server does not say. */
  readonly retryAfterSeconds: number | null
}

const KINDS: Readonly<Record<string, ProblemKind>> = {
  UNAUTHENTICATED: 'locked',
  FORBIDDEN: 'forbidden',
  QUERY_TOO_EXPENSIVE: 'expensive',
  RATE_LIMITED: 'busy',
  INVALID_FILTER: 'input',
  INVALID_CURSOR: 'input',
  BAD_USER_INPUT: 'input',
  UNSUPPORTED_SORT: 'input',
  ARCHIVE_UNAVAILABLE: 'archive',
}

/** The problem with an answer of the API. */
export function describeProblem({ networkError, graphQLErrors }: CombinedError): Problem {
  const [error] = graphQLErrors
  if (error === undefined) {
    const kind = networkError?.name === 'TimeoutError' ? 'slow' : 'gone'
    return { kind, message: '', retryAfterSeconds: null }
  }
  const { code, retryAfterSeconds } = error.extensions
  return {
    kind: typeof code === 'string' ? kindOf(code) : 'unknown',
    message: error.message,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
  }
}

function kindOf(code: string): ProblemKind {
  return KINDS[code] ?? (code.startsWith('UPSTREAM_') ? 'upstream' : 'unknown')
}
