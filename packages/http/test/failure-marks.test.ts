import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listEnvelope } from '../src/index.js'
import { failedParts } from '../src/outcome/failure-marks.js'

/** Members that say nothing, or that all is well, each with the values in which they may come. */
const HONEST: Readonly<Record<string, readonly unknown[]>> = {
  success: [true, 1, '1', 'true', 'yes', null],
  ok: [true, 1, 'ok', null],
  status: [
    'success',
    'ok',
    'OK',
    200,
    '200',
    true,
    1,
    3,
    7,
    'done',
    null,
    '',
    { sent: 3, failed: 2, error: 1 },
  ],
  error: [null, '', [], {}, false, 0, 'none', 'No error', { code: 0, message: '' }, [null]],
  errors: [[], {}, null, false, '', 0],
  error_code: [0, '0', null, '', 200, 'NO_ERROR'],
  errorMessage: [null, '', 'none', 'No errors found'],
  code: [200, '200', 0, 1, null, 'OK', 'SUCCESS'],
  type: ['list', 'failed', 'failed_messages', 'messages', null],
  message: [
    'OK',
    'Messages retrieved.',
    'No messages found.',
    'Messages retrieved successfully. API key rotation required by June.',
    'Search: "unauthorized" matched nothing',
    'Your search for token expired returned no results.',
    '0 messages for unauthorized',
    'Nothing found for "server error"',
    'No messages match “account suspended”',
    'Your token will expire in 5 days, a new key is required',
    'Your API key expires on June 5: new key required.',
    'Scheduled maintenance is planned, the service will be unavailable on Sunday.',
    '',
    null,
  ],
  messages: [[], ['OK'], null],
  meta: [
    { current_page: 1, per_page: 15, total: 0, last_page: 1 },
    { status: 'failed' },
    { error: 3, failed: 2, success: 0 },
    { code: 500, message: 'unauthorized' },
    {},
    null,
  ],
  pagination: [{ status: false, count: 0 }],
  filters: [{ status: 'failed', error: 'Token expired', type: 'error' }],
  query: [{ search: 'unauthorized', message: 'Token expired' }],
  result: [0, 3, 'done', { sent: 0, failed: 2, success: 0 }],
  header: [{ status: 'ok', code: 0 }, null],
  links: [{ first: '/messages?page=1', next: null }, []],
  has_more: [true, false],
  request_id: ['b14f0e5a'],
}

/** An honest answer that also says so, whatever numbering its codes have. */
const SUCCESSES: readonly Readonly<Record<string, unknown>>[] = [
  ...['success', 'Success!', 'OK', 'Messages retrieved successfully.', 'Request was successful'].flatMap(
    (message) => [{ message }, { msg: message }],
  ),
  { success: true },
  { ok: 1 },
  { status: 'success' },
  { result: 'success' },
]

const FAILURES: readonly Readonly<Record<string, unknown>>[] = [
  ...[false, 0, 'false', '0', 'no', 'FALSE', -1].flatMap((no) => [{ success: no }, { ok: no }]),
  ...['error', 'fail', 'failed', 'Failure', false, 400, 401, '404', 429, 500, '503'].map((status) => ({
    status,
  })),
  ...['status_code', 'http_code', 'httpStatus', 'response_code', 'HTTP_STATUS'].map((name) => ({
    [name]: 401,
  })),
  ...['Token expired', true, 1, { code: 5 }, { message: 'x' }, ['x'], [{ detail: 'x' }]].flatMap((error) => [
    { error },
    { errors: error },
    { Error: error },
  ]),
  ...[6, '6', 'NOT_FOUND', 401].map((code) => ({ error_code: code })),
  ...['error', 'Exception', 'OAuthException', 'invalid_request_error'].map((type) => ({ type })),
  ...['error_type', 'exception', 'ExceptionMessage'].map((name) => ({ [name]: 'OAuthException' })),
  ...[
    { status: 'error' },
    { error: 'Token expired' },
    { success: false },
    { code: 1, exception: 'x' },
  ].flatMap((part) => [{ header: part }, { result: part }]),
]

/** What fails an answer without rows, unless a plain success stands beside it. */
const DENIABLE: readonly Readonly<Record<string, unknown>>[] = [
  ...[400, 401, '404', 500, -1, 'TOKEN_EXPIRED', 'INTERNAL_ERROR'].map((code) => ({ code })),
  ...[0, '0', -1].map((status) => ({ status })),
  ...['Token expired', 'Server Error', 'SQLSTATE[HY000]: General error', 'Account suspended'].flatMap(
    (said) => [{ message: said }, { Message: said }, { messages: [said] }, { detail: said }],
  ),
]

const honest = fc.record(
  Object.fromEntries(Object.entries(HONEST).map(([name, values]) => [name, fc.constantFrom(...values)])),
  { requiredKeys: [] },
)
const rows = fc.array(fc.record({ id: fc.nat(), status: fc.constant('failed'), error: fc.string() }), {
  maxLength: 3,
})

/** Puts the list where envelopes have it, or leaves it out. */
const places = fc.constantFrom<(body: object, list: unknown[]) => [body: unknown, rows: unknown[] | null]>(
  (body, list) => [{ ...body, data: list }, list],
  (body, list) => [{ data: list, ...body }, list],
  (body, list) => [{ data: { ...body, data: list } }, list],
  (body) => [body, null],
  (body) => [{ ...body, data: null }, null],
)

test('no honest envelope means that the request failed, whatever is in its rows', () => {
  fc.assert(
    fc.property(honest, rows, places, (body, list, place) => {
      const [whole, found] = place(body, list)
      expect(failedParts(listEnvelope(whole, found))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('no code and no words mean failure beside a plain success', () => {
  const codes = fc.constantFrom<unknown>(0, 1, 400, 10_000, 20_000, '00000', 'E17')
  fc.assert(
    fc.property(
      honest,
      fc.constantFrom(...SUCCESSES),
      codes,
      rows,
      places,
      (body, success, code, list, place) => {
        const [whole, found] = place(
          { ...body, code, status: 'code' in success ? null : 0, ...success },
          list,
        )
        expect(failedParts(listEnvelope(whole, found))).toEqual([])
      },
    ),
    { numRuns: 1000 },
  )
})

test('one mark of failure is enough, whatever honest members stand around it', () => {
  fc.assert(
    fc.property(honest, fc.constantFrom(...FAILURES), rows, places, (body, failure, list, place) => {
      const [whole, found] = place({ ...body, ...failure }, list)
      expect(failedParts(listEnvelope(whole, found))).toHaveLength(1)
    }),
    { numRuns: 1000 },
  )
})

test('without rows a code or words are enough, whatever else is around them without denying it', () => {
  const deniers = new Set(['success', 'ok', 'status', 'code', 'message', 'messages', 'header', 'result'])
  const quiet = honest.map((body) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !deniers.has(name))),
  )
  fc.assert(
    fc.property(quiet, fc.constantFrom(...DENIABLE), places, (body, failure, place) => {
      const [whole, found] = place({ ...body, ...failure }, [])
      expect(failedParts(listEnvelope(whole, found))).toHaveLength(1)
    }),
    { numRuns: 1000 },
  )
})

test('any JSON at all is judged without an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(Array.isArray(failedParts(listEnvelope(body, null)))).toBe(true)
    }),
  )
})
