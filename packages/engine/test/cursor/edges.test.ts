import { expect, it } from 'vitest'
import { createEngine, type EngineSource, type MessagesQuery } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { octopodsRows } from '../support/octopods-rows.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'
import { BEGIN, wacrRows } from '../support/wacr-rows.js'

const URL_SAFE = /^[A-Za-z0-9_-]+$/
const QUERY = { first: 40, fields: new Set(['text'] as const) }

async function startThree(): Promise<EngineSource[]> {
  const ties = (id: number): { createdAt: number } => ({ createdAt: BEGIN + Math.floor(id / 4) * 60_000 })
  const options = { tableOptions: { ties: 'shuffle' as const } }
  const shop = await startWacr('shop', { rows: wacrRows(150, ties), ...options })
  const octo = await startOctopods('octo', { rows: octopodsRows(60, ties) })
  const north = await startWacr('north', { rows: wacrRows(130, ties), ...options, maxPerPage: 50 })
  return [shop.source, octo.source, north.source]
}

function keysOf(rows: Awaited<ReturnType<typeof traverse>>['rows']): string[] {
  return rows.map(({ source, message }) => `${source}:${message.upstreamId}`)
}

it('gives every edge a cursor that can go into a URL and goes on right behind it', async () => {
  const sources = await startThree()
  const engine = createEngine({ sources })
  const whole = await traverse(engine, QUERY)
  const all = keysOf(whole.rows)
  for (const [number, page] of whole.pages.slice(0, 4).entries()) {
    for (const [index, edge] of page.edges.entries()) {
      expect(edge.cursor).toMatch(URL_SAFE)
      const next = await engine.messages({ ...QUERY, first: 5, after: edge.cursor })
      const place = number * QUERY.first + index + 1
      expect(keysOf(next.edges)).toEqual(all.slice(place, place + 5))
    }
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor)
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor)
    expect(page.pageInfo.hasPreviousPage).toBe(false)
  }
})

it('goes on in another process, from every edge, with nothing twice and nothing missing', async () => {
  const sources = await startThree()
  const engine = createEngine({ sources })
  const page = await engine.messages(QUERY)
  const all = keysOf((await traverse(createEngine({ sources }), QUERY)).rows).toSorted()
  for (const [index, { cursor }] of page.edges.entries()) {
    if (index % 6 !== 5) continue
    const rest = await traverse(createEngine({ sources }), { ...QUERY, first: 500, after: cursor })
    expect([...keysOf(page.edges.slice(0, index + 1)), ...keysOf(rest.rows)].toSorted()).toEqual(all)
  }
})

it.each<[string, MessagesQuery]>([
  ['nothing matches', { filter: [where('status', 'eq', 'FAILED')] }],
  ['nothing is found', { search: 'no such text' }],
])('gives an empty last page no cursors: %s', async (_name, query) => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const page = await createEngine({ sources: [shop.source] }).messages(query)
  expect(page).toMatchObject({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  })
})

it('answers with an empty page behind the last edge', async () => {
  const sources = await startThree()
  const engine = createEngine({ sources })
  const { pages } = await traverse(engine, QUERY)
  const after = pages.at(-1)?.pageInfo.endCursor
  const fresh = await createEngine({ sources }).messages({ ...QUERY, after })
  for (const page of [await engine.messages({ ...QUERY, after }), fresh]) {
    expect(page.edges).toEqual([])
    expect(page.pageInfo.hasNextPage).toBe(false)
  }
})

it('knows that nothing follows a page that ends with the last row', async () => {
  for (const rows of [40, 100, 200]) {
    const shop = await startWacr('shop', { rows: wacrRows(rows) })
    const engine = createEngine({ sources: [shop.source] })
    const page = await engine.messages({ ...QUERY, first: rows })
    expect(page.edges).toHaveLength(rows)
    expect(page.pageInfo.hasNextPage).toBe(false)
    const less = await engine.messages({ ...QUERY, first: rows - 1 })
    expect(less.pageInfo.hasNextPage).toBe(true)
  }
})

it.each([
  ['only the anchor', 1],
  ['the anchor and its neighbours', 5],
])('goes on when what the cursor stands on is deleted: %s', async (_name, around) => {
  const shop = await startWacr('shop', { rows: wacrRows(200) })
  const first = await createEngine({ sources: [shop.source] }).messages({ ...QUERY, first: 60 })
  for (let id = 141; id < 141 + around; id += 1) shop.emulator.table.delete(id)
  const after = first.pageInfo.endCursor
  const rest = await traverse(createEngine({ sources: [shop.source] }), { ...QUERY, after })
  expect(idsOf(rest.rows)).toEqual(Array.from({ length: 140 }, (_, index) => String(140 - index)))
})
