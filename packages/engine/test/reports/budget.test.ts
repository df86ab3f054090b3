import { expect, it } from 'vitest'
import { createEngine, type MessagePage } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { expectHonestReports, reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startOctopods, startWacr, type Upstream } from '../support/upstreams.js'
import { wacrRow, wacrRows } from '../support/wacr-rows.js'

function requestsSoFar(upstreams: readonly Upstream[]): number {
  return upstreams.reduce((sum, { emulator }) => sum + emulator.log.length, 0)
}

it.each([1, 2, 3])('never spends more than %i requests on a page, and loses nothing', async (budget) => {
  const shop = await startWacr('shop', { rows: wacrRows(350) })
  const north = await startWacr('north', { rows: wacrRows(230) })
  const octo = await startOctopods('octo', { rows: octopodsRows(60) })
  const upstreams = [shop, north, octo]
  const engine = createEngine({ sources: upstreams.map(({ source }) => source) })
  const query = { first: 90, maxUpstreamRequests: budget }
  const pages: MessagePage[] = []
  for (let after: string | null | undefined; after !== null;) {
    const before = requestsSoFar(upstreams)
    const page = await engine.messages({ ...query, after })
    expect(requestsSoFar(upstreams) - before).toBeLessThanOrEqual(budget)
    pages.push(page)
    expect(pages.length).toBeLessThan(100)
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    if (page.edges.length < 90 && page.pageInfo.hasNextPage) {
      expect(page.reports.some(({ completeness }) => completeness === 'BUDGET_SPENT')).toBe(true)
    }
  }
  const rows = pages.flatMap((page) => page.edges)
  const newestFirst = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => String(count - index))
  expect(idsOf(rows, 'shop')).toEqual(newestFirst(350))
  expect(idsOf(rows, 'north')).toEqual(newestFirst(230))
  expect(idsOf(rows, 'octo')).toEqual(newestFirst(60))
  const times = rows.map(({ message }) => message.sentAt)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expectHonestReports(pages, upstreams)
})

it('ends a page early under a selective filter, and goes on to find the rows', async () => {
  const rows = [1, 2, 2500].map((id) => wacrRow(id, { senderId: '4915112345678' }))
  const others = wacrRows(5000).filter(({ id }) => ![1, 2, 2500].includes(id))
  const shop = await startWacr('shop', { rows: [...rows, ...others] })
  const engine = createEngine({ sources: [shop.source] })
  const filter = [where('from', 'eq', '+4915112345678')]
  const query = { filter, first: 10, fields: new Set(['text'] as const) }
  const { pages, rows: found } = await traverse(engine, query)
  expect(idsOf(found)).toEqual(['2500', '2', '1'])
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages.slice(0, -1)) {
    expect(reportOf(page, 'shop').completeness).toBe('BUDGET_SPENT')
    expect(page.pageInfo.endCursor).not.toBeNull()
  }
  expect(reportOf(pages.at(-1), 'shop').completeness).toBe('COMPLETE')
  expect(shop.emulator.log.length).toBeLessThanOrEqual(1.15 * 50 + 1)
  expectHonestReports(pages, [shop])
})

it('gives no count that the budget does not allow', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(5) })
  const engine = createEngine({ sources: [shop.source] })
  const page = await engine.messages({ totalCount: true, first: 2, maxUpstreamRequests: 1 })
  expect(page).toMatchObject({ edges: [], totalCount: null, pageInfo: { hasNextPage: true } })
  expect(shop.emulator.log).toHaveLength(1)
})

it('charges retries to the budget', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(5) }, { limits: { retries: 2 } })
  shop.emulator.faults.next({ kind: 'status', status: 503, headers: { 'retry-after': '0' } }, 1)
  const engine = createEngine({ sources: [shop.source] })
  const query = { fields: new Set(['text'] as const) }
  const page = await engine.messages({ ...query, maxUpstreamRequests: 1 })
  expect(page).toMatchObject({ edges: [], pageInfo: { hasNextPage: true } })
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'BUDGET_SPENT', upstreamRequests: 1 })
  const next = await engine.messages({ ...query, after: page.pageInfo.endCursor })
  expect(next.edges).toHaveLength(5)
  expect(shop.emulator.log).toHaveLength(2)
})
