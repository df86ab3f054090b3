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
  /** The server's error code; empty where it did not answer. */
  readonly code: string
  /** In the server's own words, which are English; empty where it did not answer. */
  readonly message: string
  /** What else the server says of it, for programs. */
  readonly extensions?: Readonly<Record<string, unknown>>
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
    return { kind, code: '', message: '', retryAfterSeconds: null }
  }
  const { code, retryAfterSeconds } = error.extensions
  return problemOf({
    code: typeof code === 'string' ? code : '',
    message: error.message,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
  })
}

/** The problem that a code of the server stands for. */
export function problemOf(error: Omit<Problem, 'kind'>): Problem {
  return { ...error, kind: kindOf(error.code) }
}

/** How the page treats an error code of the server. */
function kindOf(code: string): ProblemKind {
  return KINDS[code] ?? (code.startsWith('UPSTREAM_') ? 'upstream' : 'unknown')
}

/** The problem with a response that is not OK: `{ "errors": [{ "message", "extensions": { "code" } }] }`. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  const errors = isRecord(body) && Array.isArray(body['errors']) ? body['errors'] : []
  const [first] = errors as readonly unknown[]
  const message = isRecord(first) && typeof first['message'] === 'string' ? first['message'] : ''
  const extensions = isRecord(first) ? first['extensions'] : null
  const code = isRecord(extensions) && typeof extensions['code'] === 'string' ? extensions['code'] : ''
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterSeconds = Number.isNaN(seconds) ? null : seconds
  return problemOf({ code, message, retryAfterSeconds, ...(isRecord(extensions) && { extensions }) })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
