import fc from 'fast-check'
import { WaybillError } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type MessagePage, type MessagesQuery } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { contentOf, forge } from '../support/forge.js'
import { type ModelSource, modelSource } from '../support/model-source.js'
import { hostileChange, rawJson } from './hostile-content.js'

const CURSORS = Number(process.env['WAYBILL_CURSORS'] ?? 2000)
const BEGIN = Date.UTC(2026, 0, 1)
const TEXT = new Set(['text'] as const)

const QUERIES: readonly MessagesQuery[] = [
  { fields: TEXT },
  { fields: new Set(['direction']) },
  { fields: TEXT, sort: { field: 'createdAt', direction: 'asc' } },
  { fields: TEXT, filter: [sentAt('gte', BEGIN + 300_000), sentAt('lt', BEGIN + 3_000_000)] },
  { fields: TEXT, filter: [sentAt('lt', BEGIN + 3_000_000)] },
]

/** Most requests for one place of a list, the same as for an honest cursor in a list that moves. */
const MOST_FOR_A_PLACE = 48

function requests(sources: readonly ModelSource[]): number {
  return sources.reduce((sum, { settings }) => sum + settings.requests, 0)
}

function expectSane(page: MessagePage, first: number): void {
  const keys = page.edges.map(({ source, message }) => `${source}:${message.upstreamId}`)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBeLessThanOrEqual(first)
}

it('makes a page of a cursor with hostile content, or refuses it with a reason', async () => {
  const sources = [
    modelSource('a', 'page', 900),
    modelSource('b', 'window', 60),
    modelSource('c', 'cursor', 200),
  ]
  const engine = createEngine({ sources })
  const contents = await Promise.all(
    QUERIES.map(async (query) =>
      contentOf((await engine.messages({ ...query, first: 40 })).pageInfo.endCursor),
    ),
  )
  const outcomes = { page: 0, refused: 0, dropped: 0 }

  async function judge(query: MessagesQuery, isOurs: boolean): Promise<string | null> {
    const before = requests(sources)
    try {
      const page = await engine.messages(query)
      expectSane(page, query.first ?? 0)
      outcomes.page += 1
      return page.pageInfo.endCursor
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error
      expect(isOurs).toBe(false)
      if (error.code === 'INVALID_CURSOR') {
        expect(error.message).toMatch(
          /^The cursor (cannot be read: \S|belongs to another query|does not fit)/,
        )
        outcomes.refused += 1
      } else {
        // It may say that a source had failed before, which fails the page.
        expect([query.onSourceError, error.message]).toEqual([
          'FAIL',
          expect.stringContaining('on an earlier page'),
        ])
        outcomes.dropped += 1
      }
      return null
    } finally {
      expect(requests(sources) - before).toBeLessThanOrEqual(2 * MOST_FOR_A_PLACE + sources.length)
    }
  }

  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: QUERIES.length - 1 }),
      hostileChange,
      fc.constantFrom('FAIL' as const, 'PARTIAL' as const),
      fc.constantFrom(1, 5, 90),
      async (which, change, onSourceError, first) => {
        const query = { ...QUERIES[which], onSourceError, first }
        const after = forge(rawJson(change(contents[which] ?? [])))
        const endCursor = await judge({ ...query, after }, false)
        // Where there was a page, there is a next one.
        if (endCursor !== null) await judge({ ...query, after: endCursor }, onSourceError === 'PARTIAL')
      },
    ),
    { numRuns: CURSORS, seed: 20261125 },
  )
  console.log(JSON.stringify(outcomes))
  // Were all refused at first sight, nothing would be known of those that are read.
  expect(outcomes.page).toBeGreaterThan(CURSORS / 10)
  expect(outcomes.refused).toBeGreaterThan(CURSORS / 10)
})
