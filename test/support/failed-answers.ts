/**
 * Answers of HTTP 200 that any upstream may give: their members, and the code that a failure has to get. They stand beside
 * a list, a message or nothing.
 */
type Failure = readonly [
  members: object,
  code:
    | 'UPSTREAM_FORBIDDEN'
    | 'UPSTREAM_RATE_LIMITED'
    | 'UPSTREAM_REJECTED'
    | 'UPSTREAM_UNAUTHORIZED'
    | 'UPSTREAM_UNAVAILABLE',
]

/** Failures by their words alone, which count where no rows are beside them. */
export const WORDED_FAILURES: readonly Failure[] = [
  [{ message: 'Whoops, looks like something went wrong.' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Server Error' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'An error occurred' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Database connection failed' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'SQLSTATE[HY000]: General error' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Subscription expired' }, 'UPSTREAM_FORBIDDEN'],
  [{ message: 'Account suspended' }, 'UPSTREAM_FORBIDDEN'],
  [{ Message: 'Authorization has been denied for this request.' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ message: { error: 'Token expired' } }, 'UPSTREAM_UNAUTHORIZED'],
]

/** Failures that count beside rows too. */
export const PLAIN_FAILURES: readonly Failure[] = [
  [{ type: 'error', message: 'Forbidden' }, 'UPSTREAM_FORBIDDEN'],
  [{ response_code: 401 }, 'UPSTREAM_UNAUTHORIZED'],
  [{ http_code: 403 }, 'UPSTREAM_FORBIDDEN'],
  [{ status_code: '429' }, 'UPSTREAM_RATE_LIMITED'],
  [{ httpStatus: 503 }, 'UPSTREAM_UNAVAILABLE'],
  [{ header: { status: 'error' }, message: 'Token expired' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ error_type: 'OAuthException' }, 'UPSTREAM_REJECTED'],
  [{ exception: 'Illuminate\\Database\\QueryException' }, 'UPSTREAM_REJECTED'],
]

/** Not failures, although they may look like one: other numberings, counts, echoes of the question, warnings. */
export const HONEST_MEMBERS: readonly object[] = [
  { code: 10_000, msg: 'success' },
  { code: 20_000, msg: 'success' },
  { code: 20_000 },
  { status: 0, message: 'success' },
  { status: 0, success: true },
  { meta: { status: 'failed' } },
  { meta: { error: 3 } },
  { pagination: { status: 'failed' } },
  { filters: { status: 'failed', error: 'Token expired' } },
  { query: { search: 'unauthorized', message: 'unauthorized' } },
  { status: { sent: 3, failed: 2, error: 1 } },
  { message: 'Messages retrieved successfully. API key rotation required by June.' },
  { message: 'Search: "unauthorized" matched nothing' },
  { message: 'Your token will expire in 5 days, a new key is required' },
]
