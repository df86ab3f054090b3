import { generateWacrRows, type WacrEnvelope } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { expectHonestReports } from '../support/requests.js'
import { traverse } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { wacrRows } from '../support/wacr-rows.js'

const ROWS = generateWacrRows({ count: 1000, seed: 5 })
const ENVELOPES: readonly WacrEnvelope[] = ['data-meta', 'data-pagination', 'root', 'nested']
const CASES = ENVELOPES.flatMap((envelope) =>
  [7, 20, 100, 137, 500].map((first) => [envelope, first] as const),
)

it.each(CASES)('reads 1,000 rows in few more than ten requests: %s, first %i', async (envelope, first) => {
  const shop = await startWacr('shop', { rows: ROWS, envelope })
  const { pages } = await traverse(createEngine({ sources: [shop.source] }), {
    first,
    fields: new Set(['text']),
  })
  expect(shop.emulator.log.length).toBeLessThanOrEqual(1.15 * Math.ceil(ROWS.length / 100) + 1)
  expectHonestReports(pages, [shop])
})

it('reads a thousand rows without ties in twelve requests, whatever the page size', async () => {
  const counts: number[] = []
  for (const first of [7, 25, 98, 100, 500]) {
    const shop = await startWacr('shop', { rows: wacrRows(1000) })
    await traverse(createEngine({ sources: [shop.source] }), { first, fields: new Set(['text']) })
    counts.push(shop.emulator.log.length)
  }
  expect(counts).toEqual([12, 12, 12, 12, 12])
})

it.each([
  [1, 1],
  [25, 1],
  [99, 1],
  [150, 2],
  [500, 6],
])('asks for no more than the first %i rows need: %i requests', async (first, requests) => {
  const shop = await startWacr('shop', { rows: wacrRows(1000) })
  const engine = createEngine({ sources: [shop.source] })
  await engine.messages({ first, fields: new Set(['text']) })
  expect(shop.emulator.log.length).toBe(requests)
})

it('reads a table that is served fifty rows at a time in few more than twenty requests', async () => {
  const shop = await startWacr('shop', { rows: ROWS, maxPerPage: 50 })
  await traverse(createEngine({ sources: [shop.source] }), { first: 100, fields: new Set(['text']) })
  expect(shop.emulator.log.length).toBeLessThanOrEqual(1.4 * Math.ceil(ROWS.length / 50))
})

it('reads a window in one request, however many pages it is cut into', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(250) })
  const { pages, rows } = await traverse(createEngine({ sources: [octo.source] }), { first: 7 })
  expect(rows).toHaveLength(100)
  expect(octo.emulator.log.length).toBe(1)
  expectHonestReports(pages, [octo])
})

it('reads an empty table in one request', async () => {
  const shop = await startWacr('shop')
  const octo = await startOctopods('octo')
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const page = await engine.messages({ fields: new Set(['text']) })
  expect(page.edges).toEqual([])
  expect(page.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  })
  expect([shop.emulator.log.length, octo.emulator.log.length]).toEqual([1, 1])
})
