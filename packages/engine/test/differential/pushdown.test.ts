import type { FilterClause } from '@waybill/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/index.js'
import { matchingRows } from '../support/differential-oracle.js'
import { OCTOPODS_ROWS, WACR_ROWS } from '../support/differential-rows.js'
import { filters, searches } from '../support/filter-arbitraries.js'
import { withoutPushdown } from '../support/plain-provider.js'
import { reportOf } from '../support/requests.js'
import { traverse, type Traversal } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'

const SEED = 20260424
const RUNS = 200

it('gives the same rows whoever evaluates the filter', async () => {
  const shop = await startWacr('shop', {
    rows: WACR_ROWS,
    tableOptions: { ties: 'shuffle', searchCollation: 'unicode', escapeLike: true },
  })
  const octo = await startOctopods('octo', { rows: OCTOPODS_ROWS })
  const sources = [shop.source, octo.source]
  const pushing = createEngine({ sources })
  const evaluating = createEngine({
    sources: sources.map(({ id, provider }) => ({ id, provider: withoutPushdown(provider) })),
  })
  let found = 0
  await fc.assert(
    fc.asyncProperty(filters, searches, async (filter, search) => {
      const expected = matchingRows(filter, search)
      const query = { filter, search }
      shop.emulator.log.length = 0
      const pushed = await readAll(pushing, query)
      const told = pushedDown(pushed)
      const isCheck = (name: string): boolean => name.startsWith('filter[direction]') && !told.includes(name)
      // A page of the other direction, to see that the source tells them apart, selects nothing of the answer.
      const sent = shop.emulator.log
        .map(({ searchParams }) => selectionOf(searchParams))
        .filter((selection) => !selection.some(isCheck))
      expect(idsOf(pushed)).toEqual(expected)
      expect(shop.emulator.log.flatMap(({ ignored }) => ignored)).toEqual([])
      expect([...new Set(sent.flat())].toSorted()).toEqual(told)
      const evaluated = await readAll(evaluating, query)
      expect(idsOf(evaluated)).toEqual(expected)
      found += expected.length
    }),
    { numRuns: RUNS, seed: SEED },
  )
  // The property says little where hardly anything matches.
  expect(found).toBeGreaterThan(RUNS * 20)
})

it.each([
  { searchCollation: 'ascii', escapeLike: true },
  { searchCollation: 'ascii', escapeLike: false },
  { searchCollation: 'unicode-ai', escapeLike: false },
] as const)('finds the same whatever the database takes for equal: %j', async (tableOptions) => {
  const shop = await startWacr('shop', { rows: WACR_ROWS, tableOptions })
  const engine = createEngine({ sources: [shop.source] })
  const terms = fc.sample(searches, { numRuns: 60, seed: SEED }).filter((term) => term !== null)
  for (const search of new Set(terms)) {
    const { rows } = await traverse(engine, { search, first: 500, fields: new Set(['text']) })
    const own = matchingRows([{ field: 'source', operator: 'eq', values: ['shop'] }], search)
    expect(rows.map(({ source, message }) => `${source}:${message.upstreamId}`).toSorted()).toEqual(own)
  }
})

interface Question {
  readonly filter: readonly FilterClause[]
  readonly search: string | null
}

async function readAll(engine: Engine, query: Question): Promise<Traversal> {
  return await traverse(engine, { ...query, first: 120 })
}

function idsOf({ rows }: Traversal): string[] {
  return rows.map(({ source, message }) => `${source}:${message.upstreamId}`).toSorted()
}

/** What was selected by, of everything that was sent. */
function selectionOf(parameters: readonly (readonly [string, string])[]): string[] {
  const selecting = parameters.filter(([name]) => /^(filter\[|search$|sort$)/.test(name))
  return selecting.map(([name, value]) => `${name}=${value}`)
}

function pushedDown({ pages }: Traversal): string[] {
  return [...new Set(pages.flatMap((page) => reportOf(page, 'shop').pushedDown))].toSorted()
}
