import { describe, expect, test } from 'vitest'
import { startWacrEmulator, type WacrEnvelope } from '../../src/index.js'
import { closeAfterEach, getWacr } from '../support/get.js'
import { wacrRows } from '../support/rows.js'

const started = closeAfterEach()

const DATA = [{ id: 2 }, { id: 1 }]
const FIGURES = { current_page: 2, from: 3, to: 4, per_page: 2, last_page: 2, total: 4 }
const BODIES: Record<WacrEnvelope, unknown> = {
  array: DATA,
  data: { data: DATA },
  'data-meta': { data: DATA, meta: FIGURES },
  'data-pagination': { data: DATA, pagination: FIGURES },
  root: { data: DATA, ...FIGURES },
  nested: { data: { data: DATA, ...FIGURES } },
}
const CASES = Object.entries(BODIES).map(([envelope, body]) => [envelope as WacrEnvelope, body] as const)
const PATH = '/messages?fields=id&per_page=2&page=2'

describe('the envelope', () => {
  test.each(CASES)('%s', async (envelope, body) => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(4), envelope }))
    expect((await getWacr(wacr, PATH)).json).toStrictEqual(body)
  })

  test.each(CASES)('%s with success, status and message beside it', async (envelope, body) => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(4), envelope, wrapper: true }))
    const beside = { success: true, status: 'success', message: expect.any(String) }
    const wrapped = envelope === 'array' ? body : { ...beside, ...(body as object) }
    expect((await getWacr(wacr, PATH)).json).toStrictEqual(wrapped)
  })
})

test('totals and the page size may be kept back', async () => {
  const wacr = await started(startWacrEmulator({ rows: wacrRows(4), totals: false, reportPerPage: false }))
  const { json } = await getWacr(wacr, PATH)
  expect(json).toStrictEqual({ data: DATA, meta: { current_page: 2, from: 3, to: 4 } })
})

test('an empty table has one page', async () => {
  const wacr = await started(startWacrEmulator())
  expect((await getWacr(wacr, '/messages')).json).toStrictEqual({
    data: [],
    meta: { current_page: 1, from: null, to: null, per_page: 15, last_page: 1, total: 0 },
  })
})
