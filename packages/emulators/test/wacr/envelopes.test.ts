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
    const wacr = await started(startWacrEmulator({ rows: wacrRows(4), envelope, links: false }))
    expect((await getWacr(wacr, PATH)).json).toStrictEqual(body)
  })

  test.each(CASES)('%s with success, status and message beside it', async (envelope, body) => {
    const settings = { envelope, wrapper: true, links: false }
    const wacr = await started(startWacrEmulator({ rows: wacrRows(4), ...settings }))
    const beside = { success: true, status: 'success', message: expect.any(String) }
    const wrapped = envelope === 'array' ? body : { ...beside, ...(body as object) }
    expect((await getWacr(wacr, PATH)).json).toStrictEqual(wrapped)
  })
})

test('totals and the page size may be kept back', async () => {
  const wacr = await started(
    startWacrEmulator({ rows: wacrRows(4), links: false, totals: false, reportPerPage: false }),
  )
  const { json } = await getWacr(wacr, PATH)
  expect(json).toStrictEqual({ data: DATA, meta: { current_page: 2, from: 3, to: 4 } })
})

test('an empty table has one page', async () => {
  const wacr = await started(startWacrEmulator({ links: false }))
  expect((await getWacr(wacr, '/messages')).json).toStrictEqual({
    data: [],
    meta: { current_page: 1, from: null, to: null, per_page: 15, last_page: 1, total: 0 },
  })
})

describe('the addresses of the pages around', () => {
  const LINKED: readonly [WacrEnvelope, readonly string[]][] = [
    ['root', []],
    ['nested', ['data']],
    ['data-pagination', ['pagination']],
  ]

  test.each(LINKED)('%s has those of a length-aware paginator', async (envelope, place) => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(6), envelope }))
    const { json } = await getWacr(wacr, PATH)
    const list = `${wacr.url}/messages`
    expect(place.reduce((part, name) => (part as Record<string, object>)[name] ?? {}, json)).toMatchObject({
      total: 6,
      last_page: 3,
      path: list,
      first_page_url: `${list}?page=1`,
      last_page_url: `${list}?page=3`,
      prev_page_url: `${list}?page=1`,
      next_page_url: `${list}?page=3`,
      links: [
        { url: `${list}?page=1`, label: '&laquo; Previous', active: false },
        { url: `${list}?page=2`, label: '2', active: true },
        { url: `${list}?page=3`, label: 'Next &raquo;', active: false },
      ],
    })
  })

  test('data-meta has those of a resource collection', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(4) }))
    const list = `${wacr.url}/messages`
    expect((await getWacr(wacr, PATH)).json).toMatchObject({
      links: { first: `${list}?page=1`, last: `${list}?page=2`, prev: `${list}?page=1`, next: null },
      meta: { total: 4, links: [{}, { label: '2' }, { url: null }] },
    })
  })

  test.each([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])('page %j of a simple paginator, without any totals, has a next one: %j', async (page, hasNext) => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(6), envelope: 'root', totals: false }))
    const { json } = await getWacr(wacr, `/messages?per_page=2&page=${page}`)
    expect(json).toMatchObject({ next_page_url: hasNext ? `${wacr.url}/messages?page=${page + 1}` : null })
    for (const name of ['total', 'last_page', 'last_page_url', 'links']) expect(json).not.toHaveProperty(name)
  })
})
