import type { ListResult, MessageProvider, PageReport } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/index.js'
import { modelSource } from '../support/model-source.js'
import { idsOf, traverse } from '../support/traverse.js'

type Lie = (page: PageReport, asked: number) => Partial<PageReport>

/** The figures beside the rows are not what they should be. */
function lying(provider: MessageProvider, lie: Lie): MessageProvider {
  return {
    ...provider,
    list: async (request, call) => {
      const result = await provider.list(request, call)
      if (result.page === undefined || request.page.kind !== 'page') return result
      return { ...result, page: { ...result.page, ...lie(result.page, request.page.size) } }
    },
  }
}

const LIES: readonly [what: string, lie: Lie][] = [
  ['that pages are as large as was asked for', (_page, asked) => ({ pageSize: asked })],
  ['a total that is too low', () => ({ total: 70 })],
  ['a total that is too high', ({ total }) => ({ total: (total ?? 0) + 130 })],
  ['that there is nothing', () => ({ total: 0, lastPage: 1 })],
  ['a total beyond all bounds', () => ({ total: Number.MAX_SAFE_INTEGER })],
]

it.each(LIES.flatMap(([what, lie]) => [100, 40].map((served) => [what, served, lie] as const)))(
  'yields each row once of a source that claims %s, %i a page',
  async (_what, served, lie) => {
    const source = modelSource('shop', 'page', 330)
    source.settings.cap = served
    const engine = createEngine({ sources: [{ id: 'shop', provider: lying(source.provider, lie) }] })
    const { rows } = await traverse(engine, { first: 90, fields: new Set(['text']) })
    const ids = source.settings.table.rows().map(({ id }) => String(id))
    expect(idsOf(rows).toSorted()).toEqual(ids.toSorted())
    expect(source.settings.requests).toBeLessThanOrEqual(1.35 * Math.ceil(ids.length / served) + 4)
  },
)

const FIVE = { first: 5, fields: new Set(['text'] as const) }

/** A source of 330 messages whose pages are changed before the engine gets them. */
function changing(change: (result: ListResult, request: number) => ListResult): Engine {
  const { provider } = modelSource('shop', 'page', 330)
  let requests = 0
  const list: MessageProvider['list'] = async (request, call) => {
    const result = await provider.list(request, call)
    requests += 1
    const size = request.page.kind === 'page' ? request.page.size : 1
    const page = { total: 330, pageSize: size, lastPage: Math.ceil(330 / size) }
    return change({ ...result, page }, requests)
  }
  return createEngine({ sources: [{ id: 'shop', provider: { ...provider, list } }] })
}

function withTotal(total: number): (result: ListResult) => ListResult {
  return (result) => ({ ...result, page: { total, pageSize: null, lastPage: null } })
}

it('does not use a total that is less than the messages that came', async () => {
  const counted = { ...FIVE, totalCount: true }
  expect(await changing(withTotal(0)).messages(counted)).toMatchObject({ totalCount: null })
  expect(await changing(withTotal(4)).messages(counted)).toMatchObject({ totalCount: null })
  expect(await changing(withTotal(330)).messages(counted)).toMatchObject({ totalCount: 330 })
})

it('reports messages that a page lacks in the answer that reads that page', async () => {
  const engine = changing((result) => ({
    ...result,
    messages: result.messages.filter((_, position) => position % 20 !== 3),
  }))
  const { edges, reports, totalCount } = await engine.messages({ ...FIVE, totalCount: true })
  expect(edges).toHaveLength(5)
  expect(totalCount).toBeNull()
  expect(reports[0]).toMatchObject({ completeness: 'UNPROVEN' })
  expect(reports[0]?.warnings.map(({ code }) => code)).toContain('ROWS_HIDDEN')
  const onlyRequest = await engine.messages({ ...FIVE, maxUpstreamRequests: 1 })
  expect(onlyRequest.reports[0]?.warnings.map(({ code }) => code)).toContain('ROWS_HIDDEN')
})

it.each(['createdAt', 'updatedAt'] as const)(
  'reports messages whose time changes from page to page, sorted by %s',
  async (field) => {
    const engine = changing((result, request) => ({
      ...result,
      messages: result.messages.map((message) => ({
        ...message,
        sentAt: message.sentAt - (request > 1 ? 3_600_000 : 0),
      })),
    }))
    const sort = { field, direction: 'desc' } as const
    const { pages } = await traverse(engine, { ...FIVE, first: 200, sort })
    const codes = pages.flatMap(({ reports }) => reports.flatMap(({ warnings }) => warnings))
    expect(codes.map(({ code }) => code)).toContain('ORDER_BROKEN')
  },
)
