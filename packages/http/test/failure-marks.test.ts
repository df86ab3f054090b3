import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listEnvelope } from '../src/index.js'
import { failedParts } from '../src/verdict/failure-marks.js'

/** Members that say nothing, or that all is well, each with the values in which they may come. */
const HONEST: Readonly<Record<string, readonly unknown[]>> = {
  success: [true, 1, '1', 'true', 'yes', null],
  ok: [true, 1, 'ok', null],
  status: ['success', 'ok', 'OK', 200, '200', true, 1, 'done', null, ''],
  error: [null, '', [], {}, false, 0, 'none', { code: 0, message: '' }, [null]],
  errors: [[], {}, null, false, '', 0],
  error_code: [0, '0', null, '', 200],
  errorMessage: [null, '', 'none'],
  code: [200, '200', 0, null, 'OK', 'SUCCESS'],
  message: ['OK', 'Messages retrieved.', 'No messages found.', '', null],
  meta: [{ current_page: 1, per_page: 15, total: 0, last_page: 1 }, {}, null],
  links: [{ first: '/messages?page=1', next: null }, []],
  has_more: [true, false],
  request_id: ['b14f0e5a'],
}

const FAILURES: readonly Readonly<Record<string, unknown>>[] = [
  ...[false, 0, 'false', '0', 'no', 'FALSE', -1].flatMap((no) => [{ success: no }, { ok: no }]),
  ...['error', 'fail', 'failed', 'Failure', false, 0, 400, 401, '404', 429, 500, '503', -1].map((status) => ({
    status,
  })),
  ...['Token expired', true, 1, { code: 5 }, { message: 'x' }, ['x'], [{ detail: 'x' }]].flatMap((error) => [
    { error },
    { errors: error },
    { Error: error },
  ]),
  ...[6, '6', 'NOT_FOUND', 401].map((code) => ({ error_code: code })),
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

test('no honest envelope says that the request failed, whatever its rows say', () => {
  fc.assert(
    fc.property(honest, rows, places, (body, list, place) => {
      const [whole, found] = place(body, list)
      expect(failedParts(listEnvelope(whole, found))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('one mark of failure is enough, whatever honest members stand around it', () => {
  fc.assert(
    fc.property(honest, fc.constantFrom(...FAILURES), places, (body, failure, place) => {
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
