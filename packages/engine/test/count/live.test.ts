import { COUNT_KEYS, type CountKey, type MessageField } from '@waybill/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countOneByOne, sortedGroups } from '../../../../test/support/count-one-by-one.js'
import { createEngine } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { OCTOPODS_ROWS, WACR_ROWS } from '../support/differential-rows.js'
import { filters, searches } from '../support/filter-arbitraries.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { traverse } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const RUNS = Number(process.env['WAYBILL_COUNTS'] ?? 40)
const SEED = 20261128

const keys: fc.Arbitrary<CountKey[]> = fc
  .subarray([...COUNT_KEYS])
  .map((some) => (some.includes('HOUR') ? some.filter((key) => key !== 'DAY') : some))
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia')
const COUNTED = new Set<MessageField>(['status', 'type', 'direction', 'failure'])

it('counts what a traversal yields, in any filter and zone', async () => {
  const shop = await startWacr('shop', {
    rows: WACR_ROWS,
    tableOptions: { searchCollation: 'unicode', escapeLike: true },
  })
  const octo = await startOctopods('octo', { rows: OCTOPODS_ROWS })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  let found = 0
  await fc.assert(
    fc.asyncProperty(filters, searches, keys, zones, async (filter, search, by, timeZone) => {
      // What is counted by is what is read: who counts without directions need not have them learned.
      const fields = by.includes('DIRECTION')
        ? COUNTED
        : new Set([...COUNTED].filter((each) => each !== 'direction'))
      const { rows, pages } = await traverse(engine, { filter, search, first: 500, fields })
      const { total, groups, reports } = await engine.counts({ filter, search, by, timeZone })
      const expected = countOneByOne(
        rows.map(({ message }) => message),
        by,
        timeZone,
      )
      expect(sortedGroups(groups)).toEqual(expected)
      expect(total).toBe(rows.length)
      const last = pages.at(-1)?.reports ?? []
      expect(reports.map(({ completeness }) => completeness)).toEqual(
        last.map(({ completeness }) => completeness),
      )
      found += total
    }),
    { numRuns: RUNS, seed: SEED },
  )
  // The property says little where hardly anything matches.
  expect(found).toBeGreaterThan(RUNS * 10)
})

it('sorts the groups by the keys in their order, sources as configured, and what is not known last', async () => {
  const shop = await startWacr('shop', {
    rows: wacrRows(40, (id) => (id % 4 === 0 ? { status: null } : {})),
  })
  const octo = await startOctopods('octo', { rows: octopodsRows(10) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const { groups } = await engine.counts({ by: ['SOURCE', 'STATUS'] })
  expect(new Set(groups.map(({ source }) => source))).toEqual(new Set(['shop', 'octo']))
  expect(groups.map(({ source }) => source)).toEqual(
    groups.map(({ source }) => source).toSorted((a, b) => (a === b ? 0 : a === 'shop' ? -1 : 1)),
  )
  expect(groups.filter(({ source }) => source === 'shop').at(-1)).toMatchObject({ status: null, count: 10 })
  const all = await engine.counts({ by: [] })
  expect(all).toMatchObject({ total: 50, groups: [{ count: 50, source: null, status: null, period: null }] })
  expect(await engine.counts({ by: [], filter: [where('source', 'in')] })).toMatchObject({
    total: 0,
    groups: [],
  })
})

it('costs one request for a hundred messages, and ends where the budget does with what was counted', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(1000) })
  const octo = await startOctopods('octo', { rows: octopodsRows(60) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const whole = await engine.counts({})
  expect(whole.total).toBe(1060)
  expect(shop.emulator.log.length).toBeLessThanOrEqual(13)
  expect(whole.reports.map(({ upstreamRequests }) => upstreamRequests)).toEqual([
    shop.emulator.log.length,
    octo.emulator.log.length,
  ])

  shop.emulator.log.length = 0
  const limited = createEngine({ sources: [shop.source] })
  const part = await limited.counts({ maxUpstreamRequests: 4 })
  expect(shop.emulator.log).toHaveLength(4)
  expect(part.total).toBeGreaterThanOrEqual(200)
  expect(part.total).toBeLessThan(1000)
  expect(part.reports).toMatchObject([{ outcome: 'OK', completeness: 'BUDGET_SPENT', upstreamRequests: 4 }])
})

it('fails with a source, or leaves out all that was counted of it', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(700) })
  const octo = await startOctopods('octo', { rows: octopodsRows(60) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  shop.emulator.faults.next({ kind: 'status', status: 503 })
  await expect(engine.counts({})).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', source: 'shop' })
  shop.emulator.faults.when(({ params }) => params['page'] === '4', { kind: 'status', status: 503 })
  const { total, reports } = await engine.counts({ onSourceError: 'PARTIAL', by: ['DAY'] })
  expect(total).toBe(60)
  expect(reports).toMatchObject([
    { outcome: 'FAILED', completeness: 'UNKNOWN', error: { code: 'UPSTREAM_UNAVAILABLE' } },
    { outcome: 'OK' },
  ])
})
