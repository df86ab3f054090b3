import { expect, it } from 'vitest'
import { createEngine, type EngineOptions } from '../../src/index.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { wacrRow, wacrRows } from '../support/wacr-rows.js'

const QUERY = { first: 10, fields: new Set(['text'] as const) }

it('sends one request for equal queries that are under way at once', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30), latencyMs: 30 })
  const octo = await startOctopods('octo', { rows: octopodsRows(30), latencyMs: 30 })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  const pages = await Promise.all(Array.from({ length: 8 }, () => engine.messages(QUERY)))
  expect(new Set(pages.map((page) => String(idsOf(page.edges)))).size).toBe(1)
  expect([shop.emulator.log.length, octo.emulator.log.length]).toEqual([1, 1])
  expectHonestReports(pages, [shop, octo])
})

it('sends one window request for different queries, since a window is filtered here', async () => {
  const octo = await startOctopods('octo', { rows: octopodsRows(30), latencyMs: 30 })
  const engine = createEngine({ sources: [octo.source] })
  await Promise.all([
    engine.messages({ search: '7' }),
    engine.messages({ filter: [{ field: 'status', operator: 'eq', values: ['SENT'] }] }),
    engine.message('octo', '12'),
  ])
  expect(octo.emulator.log).toHaveLength(1)
})

it('sends one request each for queries that differ upstream', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30), latencyMs: 30 })
  const engine = createEngine({ sources: [shop.source] })
  await Promise.all([engine.messages(QUERY), engine.messages({ ...QUERY, search: '7' })])
  expect(shop.emulator.log).toHaveLength(2)
})

it('begins every traversal afresh', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const octo = await startOctopods('octo', { rows: octopodsRows(30) })
  const engine = createEngine({ sources: [shop.source, octo.source] })
  await engine.messages(QUERY)
  shop.emulator.table.insert(wacrRow(31))
  const page = await engine.messages(QUERY)
  expect(idsOf(page.edges)[0]).toBe('31')
  expect([shop.emulator.log.length, octo.emulator.log.length]).toEqual([2, 2])
})

it('serves the next pages of a traversal from what it holds', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(100) })
  const engine = createEngine({ sources: [shop.source] })
  let page = await engine.messages(QUERY)
  for (let number = 2; number <= 9; number += 1) {
    page = await engine.messages({ ...QUERY, after: page.pageInfo.endCursor })
    expect(page.reports.map(({ upstreamRequests }) => upstreamRequests)).toEqual([0])
    expect(page.reports[0]?.pushedDown).toEqual(['sort=-created_at'])
  }
  expect(shop.emulator.log).toHaveLength(1)
})

it.each<[string, NonNullable<EngineOptions['keep']>]>([
  ['room for fewer messages', { maxMessages: 50 }],
  ['no time', { maxAgeMs: 1 }],
])('fetches again what it has %s to keep', async (_name, keep) => {
  const shop = await startWacr('shop', { rows: wacrRows(100) })
  const engine = createEngine({ sources: [shop.source], keep })
  const first = await engine.messages(QUERY)
  if (keep.maxAgeMs !== undefined) await new Promise((resolve) => setTimeout(resolve, 10))
  const second = await engine.messages({ ...QUERY, after: first.pageInfo.endCursor })
  expect(idsOf(second.edges)).toEqual(Array.from({ length: 10 }, (_, index) => String(90 - index)))
  expect(second.reports[0]?.upstreamRequests).toBeGreaterThan(0)
})

it('drops the oldest pages where there is room for some', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(300) })
  const engine = createEngine({ sources: [shop.source], keep: { maxMessages: 150 } })
  const first = await engine.messages(QUERY)
  const second = await engine.messages({ ...QUERY, first: 150, after: first.pageInfo.endCursor })
  expect(second.edges).toHaveLength(150)
  const again = await engine.messages({ ...QUERY, after: first.pageInfo.endCursor })
  expect(again.reports[0]?.upstreamRequests).toBeGreaterThan(0)
  expect(idsOf(again.edges)).toEqual(idsOf(second.edges).slice(0, 10))
})
