import type { FilterClause } from '@waybill/core'
import type { WacrSettings } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const ROWS = wacrRows(240, (id) => ({
  status: id % 4 === 0 ? 'failed' : 'sent',
  senderId: id % 5 === 0 ? '4915112345678' : '14155552671',
}))
const FROM = [where('from', 'eq', '+4915112345678')]

it.each<[string, number | null, readonly FilterClause[], Partial<WacrSettings>, number]>([
  ['the upstream counts what is pushed down', 60, [where('status', 'eq', 'FAILED')], {}, 5],
  ['the upstream counts everything', 240, [], {}, 5],
  ['the upstream counts one direction', 80, [where('direction', 'eq', 'INBOUND')], {}, 5],
  ['some clause is checked here and not all was read', null, FROM, {}, 5],
  ['some clause is checked here and all was read', 48, FROM, {}, 100],
  ['the upstream does not count', null, [], { totals: false }, 5],
  ['the upstream does not count but all was read', 240, [], { totals: false }, 500],
  ['the envelope has no figures', null, [], { envelope: 'array' }, 5],
])('counts exactly or not at all: %s', async (_name, total, filter, settings, first) => {
  for (const fields of [null, new Set(['text'] as const)]) {
    const shop = await startWacr('shop', { rows: ROWS, ...settings })
    const engine = createEngine({ sources: [shop.source] })
    const page = await engine.messages({ filter, first, fields, totalCount: true })
    expect(page.totalCount).toBe(total)
  }
})

it.each([
  [60, [], 60],
  [250, [], null],
  [60, [where('status', 'eq', 'SENT')], 60],
  [60, [where('status', 'eq', 'READ')], 0],
] as const)('counts a window of %i rows under %j: %o', async (rows, filter, total) => {
  const octo = await startOctopods('octo', { rows: octopodsRows(rows) })
  const page = await createEngine({ sources: [octo.source] }).messages({ filter, first: 5, totalCount: true })
  expect(page.totalCount).toBe(total)
})

it('adds up all sources, and counts the whole on every page', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const octo = await startOctopods('octo', { rows: octopodsRows(60) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const query = { first: 100, totalCount: true, fields: new Set(['text'] as const) }
  const first = await engine.messages(query)
  const second = await engine.messages({ ...query, after: first.pageInfo.endCursor })
  expect([first.totalCount, second.totalCount]).toEqual([300, 300])
  const last = await engine.messages({ ...query, first: 500, after: second.pageInfo.endCursor })
  expect(last.totalCount).toBe(300)
})

it('costs nothing where a page has it anyway, and is null unless requested', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const engine = createEngine({ sources: [shop.source] })
  const fields = new Set(['text'] as const)
  expect((await engine.messages({ first: 5, fields, totalCount: true })).totalCount).toBe(240)
  expect((await engine.messages({ first: 5, fields })).totalCount).toBeNull()
  expect(shop.emulator.log).toHaveLength(2)
})

it('is not given when a source failed', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const north = await startWacr('north', { rows: ROWS })
  north.emulator.faults.next({ kind: 'status', status: 500 }, 9)
  const engine = createEngine({ sources: [shop.source, north.source] })
  const page = await engine.messages({ totalCount: true, onSourceError: 'PARTIAL' })
  expect(page.totalCount).toBeNull()
})

it('has no figure where a clause asks for a field that a source never lists', async () => {
  const [shop, octo] = [
    await startWacr('shop', { rows: ROWS }),
    await startOctopods('octo', { rows: octopodsRows(3) }),
  ]
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const to = await engine.messages({ filter: [where('to', 'eq', '+14155552671')], totalCount: true })
  expect(to.totalCount).toBeNull()
  const page = await engine.messages({ filter: [where('type', 'eq', 'TEMPLATE')], totalCount: true })
  expect(page.totalCount).not.toBeNull()
})
