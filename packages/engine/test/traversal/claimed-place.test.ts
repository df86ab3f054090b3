import type { MessageProvider, PageReport } from '@waybill/core'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'

interface Asked {
  readonly number: number
  readonly size: number
}

/** What a server sends of a list: which page, and which figures it tells beside it. */
interface Server {
  readonly rows?: number
  readonly page?: (asked: Asked) => Asked
  readonly tell: (served: Asked, count: number, rows: number, asked: Asked) => Partial<PageReport>
}

const UNTOLD = { total: null, pageSize: null, lastPage: null }

function listBy({ rows = 330, page: serve = (asked) => asked, tell }: Server): MessageProvider {
  const messages = Array.from({ length: rows }, (_, index) => ({
    upstreamId: String(index),
    sentAt: index * 1000,
  }))
  const { provider } = memoryProvider(messages)
  return {
    ...provider,
    capabilities: { ...provider.capabilities, totals: 'maybe' },
    list: async (request, call) => {
      if (request.page.kind !== 'page') throw new TypeError('Read me by pages.')
      const served = { ...request.page, ...serve(request.page) }
      const { messages: found, parameters } = await provider.list({ ...request, page: served }, call)
      const page = { ...UNTOLD, ...tell(served, found.length, rows, request.page) }
      return { messages: found, parameters, page }
    },
  }
}

function spanOf({ number, size }: Asked, count: number, first = 1): NonNullable<PageReport['span']> | null {
  const from = (number - 1) * size + first
  return count === 0 ? null : { from, to: from + count - 1 }
}

const figures = (served: Asked, rows: number): PageReport => ({
  total: rows,
  pageSize: served.size,
  lastPage: Math.max(1, Math.ceil(rows / served.size)),
})
const next = ({ number, size }: Asked): Asked => ({ number: number + 1, size })

const OTHERS: readonly (readonly [what: string, server: Server])[] = [
  ['the next page, and its number', { page: next, tell: ({ number }) => ({ number }) }],
  [
    'the next page, its number and all figures',
    { page: next, tell: (served, _count, rows) => ({ ...figures(served, rows), number: served.number }) },
  ],
  [
    'the next page, and which rows it holds',
    { page: next, tell: (s, count) => ({ span: spanOf(s, count) }) },
  ],
  [
    'the next page, the requested number, and which rows it holds',
    {
      page: next,
      tell: (served, count, _rows, { number }) => ({ number, span: spanOf(served, count) }),
    },
  ],
  [
    'an empty page far behind the end, and its number',
    { page: ({ size }) => ({ number: 40, size }), tell: ({ number }) => ({ number }) },
  ],
  [
    'the requested page, and a number that is counted from 0',
    { tell: (s) => ({ number: s.number - 1, hasNextPage: true }) },
  ],
]

describe('a server that answers with', () => {
  test.each(OTHERS)('%s is not called complete, from the first answer on', async (_what, server) => {
    const engine = createEngine({ sources: [{ id: 'shop', provider: listBy(server) }] })
    for (const first of [5, 500]) {
      const report = reportOf(await engine.messages({ first }), 'shop')
      expect(report.completeness).toBe('UNPROVEN')
      expect(report.warnings).toContainEqual(
        expect.objectContaining({ code: 'TOTALS_DISAGREE', field: 'page' }),
      )
    }
  })

  test('an earlier page than the requested one, and says so, is reported by the answer that reads it', async () => {
    const stuckAt2 = ({ number, size }: Asked): Asked => ({ number: Math.min(number, 2), size })
    const provider = listBy({
      page: stuckAt2,
      tell: (served, _count, rows) => ({ ...figures(served, rows), number: served.number }),
    })
    const engine = createEngine({ sources: [{ id: 'shop', provider }] })
    const second = await engine.messages({ first: 120 })
    expect(reportOf(second, 'shop').warnings).toEqual([])
    const third = await engine.messages({
      first: 100,
      after: second.pageInfo.endCursor,
      onSourceError: 'PARTIAL',
    })
    expect(reportOf(third, 'shop').warnings).toContainEqual(
      expect.objectContaining({ code: 'TOTALS_DISAGREE', field: 'page' }),
    )
  })
})

/** The last page for every number behind it. */
const clamped =
  (rows: number) =>
  ({ number, size }: Asked): Asked => ({
    number: Math.min(number, Math.max(1, Math.ceil(rows / size))),
    size,
  })

const HONEST: readonly (readonly [what: string, server: Omit<Server, 'rows'>])[] = [
  ['the number', { tell: ({ number }) => ({ number }) }],
  ['the rows of the page', { tell: (served, count) => ({ span: spanOf(served, count) }) }],
  ['the rows of the page, counted from 0', { tell: (served, count) => ({ span: spanOf(served, count, 0) }) }],
  [
    'everything',
    {
      tell: (served, count, rows) => ({
        ...figures(served, rows),
        number: served.number,
        span: spanOf(served, count),
      }),
    },
  ],
  [
    'the rows of its smaller pages, but not their size',
    {
      page: ({ number, size }) => ({ number, size: Math.min(40, size) }),
      tell: (served, count, rows) => ({ total: rows, number: served.number, span: spanOf(served, count) }),
    },
  ],
  [
    'some other numbers called from and to',
    { tell: () => ({ span: { from: 1_777_000_000, to: 1_777_003_600 } }) },
  ],
]

describe('a server that tells of each page', () => {
  const ROWS = [0, 1, 99, 100, 101, 330]
  test.each(HONEST.flatMap(([what, server]) => ROWS.map((rows) => [what, rows, server] as const)))(
    '%s, truly, is complete: %i messages',
    async (_what, rows, server) => {
      for (const isClamped of [false, true]) {
        const page = (asked: Asked): Asked => {
          const served = server.page?.(asked) ?? asked
          return isClamped ? clamped(rows)(served) : served
        }
        const engine = createEngine({
          sources: [{ id: 'shop', provider: listBy({ ...server, page, rows }) }],
        })
        for (const first of [90, 500]) {
          const { pages, rows: found } = await traverse(engine, { first })
          expect(idsOf(found)).toHaveLength(rows)
          const reports = pages.map((each) => reportOf(each, 'shop'))
          expect(reports.flatMap(({ warnings }) => warnings)).toEqual([])
        }
      }
    },
  )
})
