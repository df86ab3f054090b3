import { generateWacrRows, type WacrEnvelope, type WacrRow, type WacrSettings } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'

const ROWS = generateWacrRows({ count: 1000, seed: 11, tieDensity: 0.35, nullDensity: 0.1, maxSkewMs: 0 })
const CREATED_AT = new Map(ROWS.map((row) => [String(row.id), row.createdAt]))

type Case = Partial<WacrSettings> & { readonly envelope: WacrEnvelope }

const ENVELOPES: readonly WacrEnvelope[] = ['array', 'data', 'data-meta', 'data-pagination', 'root', 'nested']
const FIRSTS = [7, 20, 100, 137, 500]
const VARIATIONS: readonly Partial<WacrSettings>[] = [
  {},
  { wrapper: true },
  { numbersAsStrings: true },
  { maxPerPage: 50 },
  { maxPerPage: 30, wrapper: true },
  { totals: false },
  { reportPerPage: false },
  { totals: false, reportPerPage: false },
  { totals: false, reportPerPage: false, maxPerPage: 50, numbersAsStrings: true },
  { reportPerPage: false, maxPerPage: 30 },
]

/** Every envelope with every variation, page sizes taking turns so that each meets every envelope. */
const CASES = ENVELOPES.flatMap((envelope, row) =>
  VARIATIONS.map((variation, column): [string, Case, number] => {
    const settings: Case = { envelope, ...variation }
    return ['all figures as set', settings, FIRSTS[(row + column) % FIRSTS.length] ?? 25]
  }),
)
const SINGLE_ROWS: [string, Case, number][] = [
  ['one at a time, with figures', { envelope: 'root', maxPerPage: 50 }, 1],
  ['one at a time, a bare list that is cut', { envelope: 'array', maxPerPage: 30 }, 1],
]

it.each([...CASES, ...SINGLE_ROWS])(
  'reads each of 1,000 rows once and in order: %s %j, first %i',
  async (_name, settings, first) => {
    const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' }, ...settings })
    const engine = createEngine({ sources: [shop.source] })
    const { pages, rows } = await traverse(engine, { first, fields: new Set(['text', 'status']) })
    expectEachOnceInOrder(idsOf(rows), ROWS)
    expect(pages.slice(0, -1).map((page) => page.edges.length)).toEqual(pages.slice(0, -1).map(() => first))
    expect(pages.flatMap((page) => page.reports.map((report) => report.error))).toEqual(pages.map(() => null))
    expectHonestReports(pages, [shop])
  },
)

it.each([
  [20, {}],
  [137, { maxPerPage: 50 }],
  [500, { totals: false, reportPerPage: false }],
])(
  'reads each row once in two streams when the direction is asked for: first %i, %j',
  async (first, settings) => {
    const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' }, ...settings })
    const { pages, rows } = await traverse(createEngine({ sources: [shop.source] }), { first })
    expect(idsOf(rows).toSorted()).toEqual(ROWS.map((row) => String(row.id)).toSorted())
    for (const direction of ['INBOUND', 'OUTBOUND']) {
      const own = ROWS.filter((row) => row.direction === direction.toLowerCase())
      expectEachOnceInOrder(idsOf(rows.filter(({ message }) => message.direction === direction)), own)
    }
    expectHonestReports(pages, [shop])
  },
)

it.each([
  ['createdAt', 'asc'],
  ['updatedAt', 'desc'],
  ['updatedAt', 'asc'],
] as const)('reads a quiet table by %s %s', async (field, direction) => {
  const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' } })
  const engine = createEngine({ sources: [shop.source] })
  const { pages, rows } = await traverse(engine, {
    first: 100,
    sort: { field, direction },
    fields: new Set(['text']),
  })
  const keys = new Map(ROWS.map((row) => [String(row.id), row[field]]))
  const found = idsOf(rows).map((id) => keys.get(id) ?? Number.NaN)
  const sign = direction === 'asc' ? 1 : -1
  expect(found).toEqual(ROWS.map((row) => row[field]).toSorted((a, b) => sign * (a - b)))
  expect(new Set(idsOf(rows)).size).toBe(ROWS.length)
  expectHonestReports(pages, [shop])
})

function expectEachOnceInOrder(ids: readonly string[], rows: readonly WacrRow[]): void {
  expect(ids.toSorted()).toEqual(rows.map((row) => String(row.id)).toSorted())
  const times = ids.map((id) => CREATED_AT.get(id) ?? Number.NaN)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
}
