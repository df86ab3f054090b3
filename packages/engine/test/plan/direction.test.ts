import type { MessageProvider } from '@waybill/core'
import type { WacrRow } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createEngine, type MessagesQuery } from '../../src/index.js'
import { where } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const ROWS = wacrRows(250)
const ALL = { fields: new Set(['direction', 'text'] as const) }

function streamsOf(log: readonly { params: Readonly<Record<string, string>> }[]): string[] {
  return [...new Set(log.map(({ params }) => params['filter[direction]'] ?? 'any'))].toSorted()
}

it('reads one stream when nobody asks for the direction', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const { rows } = await traverse(createEngine({ sources: [shop.source] }), { fields: new Set(['text']) })
  expect(idsOf(rows)).toEqual(ROWS.map(({ id }) => String(id)).toReversed())
  expect(streamsOf(shop.emulator.log)).toEqual(['any'])
})

it.each<[string, MessagesQuery]>([
  ['selected', ALL],
  ['selected with everything else', {}],
])('reads a stream for each direction when it is %s', async (_name, query) => {
  const shop = await startWacr('shop', { rows: ROWS })
  const { pages, rows } = await traverse(createEngine({ sources: [shop.source] }), query)
  expect(idsOf(rows)).toEqual(ROWS.map(({ id }) => String(id)).toReversed())
  expect(rows.map(({ message }) => message.direction?.toLowerCase())).toEqual(
    ROWS.map(({ direction }) => direction).toReversed(),
  )
  expect(reportOf(pages[0], 'shop')).toMatchObject({
    completeness: 'COMPLETE',
    pushedDown: ['filter[direction]=inbound', 'sort=-created_at', 'filter[direction]=outbound'],
  })
  // One more counts the whole, to see that the two streams make it up.
  const wholes = shop.emulator.log.filter(({ params }) => params['filter[direction]'] === undefined)
  expect(wholes.map(({ params }) => params['per_page'])).toEqual(['1'])
})

it('makes sure that a direction without a message is no unknown value, by two pages', async () => {
  const shop = await startWacr('shop', { rows: ROWS.map((row) => ({ ...row, direction: 'outbound' })) })
  const filter = [where('direction', 'eq', 'INBOUND')]
  const page = await createEngine({ sources: [shop.source] }).messages({ filter, totalCount: true })
  expect(page).toMatchObject({ edges: [], totalCount: 0 })
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'COMPLETE', upstreamRequests: 3 })
  expect(streamsOf(shop.emulator.log)).toEqual(['any', 'inbound', 'outbound'])
})

it.each([
  [where('direction', 'eq', 'INBOUND'), 'inbound'],
  [where('direction', 'ne', 'INBOUND'), 'outbound'],
  [where('direction', 'in', 'OUTBOUND'), 'outbound'],
  [where('direction', 'notIn', 'OUTBOUND'), 'inbound'],
] as const)('reads one stream, labelled, when the filter leaves one direction: %j', async (clause, only) => {
  const shop = await startWacr('shop', { rows: ROWS })
  const { rows } = await traverse(createEngine({ sources: [shop.source] }), { filter: [clause] })
  const expected = ROWS.filter(({ direction }) => direction === only).toReversed()
  expect(idsOf(rows)).toEqual(expected.map(({ id }) => String(id)))
  expect(new Set(rows.map(({ message }) => message.direction))).toEqual(new Set([only.toUpperCase()]))
  const asked = streamsOf(shop.emulator.log)
  const other = only === 'inbound' ? 'outbound' : 'inbound'
  expect(asked.toSorted()).toEqual([only, other].toSorted())
  // A page of the other direction for each that brought rows, to see that the two are apart.
  const compared = shop.emulator.log.filter(({ params }) => params['filter[direction]'] === other)
  expect(compared).toHaveLength(Math.ceil(expected.length / 100))
})

const STRAY = ROWS.map((row) => (row.id % 10 === 0 ? { ...row, direction: 'system' as const } : row))

it('warns when rows have neither direction', async () => {
  const shop = await startWacr('shop', { rows: STRAY })
  const page = await createEngine({ sources: [shop.source] }).messages({ ...ALL, first: 10 })
  const report = reportOf(page, 'shop')
  expect(report).toMatchObject({ outcome: 'OK', completeness: 'UNPROVEN', error: null })
  expect(report.warnings.map(({ code }) => code)).toEqual(['TOTALS_DISAGREE'])
  expect(report.warnings[0]?.message).toMatch(/225.*250/)
})

it('reads rows with neither direction when the direction is not asked for', async () => {
  const shop = await startWacr('shop', { rows: STRAY })
  const query = { fields: new Set(['text'] as const) }
  const { pages, rows } = await traverse(createEngine({ sources: [shop.source] }), query)
  expect(rows).toHaveLength(250)
  expect(reportOf(pages[0], 'shop').completeness).toBe('COMPLETE')
})

it('checks nothing where the upstream has no totals', async () => {
  const shop = await startWacr('shop', { rows: STRAY, totals: false })
  const page = await createEngine({ sources: [shop.source] }).messages({ ...ALL, first: 10 })
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'COMPLETE', error: null, upstreamRequests: 2 })
})

it('does not take new messages for missing ones', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  shop.emulator.onSelected(() => {
    const { table } = shop.emulator
    table.insert({ ...ROWS[0], id: table.nextId(), createdAt: Date.now() } as WacrRow)
  })
  const page = await createEngine({ sources: [shop.source] }).messages({ ...ALL, first: 10 })
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'COMPLETE', error: null })
})

it('does not take messages for missing ones that come and go while they are counted', async () => {
  const shop = await startWacr('shop', { rows: ROWS })
  const { table } = shop.emulator
  let requests = 0
  shop.emulator.onSelected(() => {
    requests += 1
    // Two are there when the whole is counted, and neither before nor after it.
    for (const id of [1001, 1002]) {
      if (requests === 2) table.insert({ ...ROWS[0], id, createdAt: Date.now() } as WacrRow)
      if (requests === 3) table.delete(id)
    }
  })
  const page = await createEngine({ sources: [shop.source] }).messages({ ...ALL, first: 10 })
  expect(requests).toBeGreaterThan(3)
  expect(reportOf(page, 'shop')).toMatchObject({ completeness: 'COMPLETE', error: null })
})

it('goes on in two streams when the direction is asked for from the second page on', async () => {
  const shop = await startWacr('shop', { rows: ROWS, tableOptions: { ties: 'shuffle' } })
  const engine = createEngine({ sources: [shop.source] })
  const { rows } = await traverse(engine, { first: 40, fields: new Set(['text']) }, (page) =>
    page % 2 === 1 ? { first: 40, ...ALL } : { first: 40, fields: new Set(['text']) },
  )
  expect(idsOf(rows)).toEqual(ROWS.map(({ id }) => String(id)).toReversed())
  expect(rows.slice(40, 80).map(({ message }) => message.direction?.toLowerCase())).toEqual(
    ROWS.toReversed()
      .slice(40, 80)
      .map(({ direction }) => direction),
  )
})

/** A source of 230 messages that passes over the direction from some request on; every other message is inbound. */
function forgetful(afterRequests: number): MessageProvider {
  const { provider } = memoryProvider(
    Array.from({ length: 230 }, (_, index) => ({
      upstreamId: String(index),
      sentAt: index * 1000,
      direction: index % 2 === 0 ? ('INBOUND' as const) : ('OUTBOUND' as const),
    })),
    {
      direction: {
        domain: { kind: 'values', values: ['INBOUND', 'OUTBOUND'], nullable: false },
        operators: { eq: 'exact' },
        listed: false,
      },
    },
  )
  let requests = 0
  return {
    ...provider,
    list: async (request, call) => {
      requests += 1
      const filter = requests > afterRequests ? [] : request.filter
      const { page, ...result } = await provider.list({ ...request, filter }, call)
      return { ...result, page: { pageSize: page?.pageSize ?? null, total: null, lastPage: null } }
    },
  }
}

describe.each([
  ['one direction', { filter: [where('direction', 'eq', 'INBOUND')] }],
  ['one direction, in small answers', { filter: [where('direction', 'eq', 'OUTBOUND')], first: 10 }],
  [
    'one direction, at two requests an answer',
    { filter: [where('direction', 'eq', 'INBOUND')], maxUpstreamRequests: 2 },
  ],
  ['both directions', { first: 60 }],
] as const)('a traversal of %s', (_name, query: MessagesQuery) => {
  it.each([2, 3, 4, 5])(
    'gives no message of a wrong direction as complete when the filter is passed over after %d requests',
    async (afterRequests) => {
      const provider = forgetful(afterRequests)
      const engine = createEngine({ sources: [{ id: 'shop', provider }] })
      const { pages, rows } = await traverse(engine, { first: 50, ...query })
      const isWarned = pages.some((page) =>
        reportOf(page, 'shop').warnings.some(({ code }) => code === 'DIRECTION_IGNORED'),
      )
      const wrong = rows.filter(
        ({ message: { direction, upstreamId } }) =>
          direction !== null && direction !== (Number(upstreamId) % 2 === 0 ? 'INBOUND' : 'OUTBOUND'),
      )
      expect(wrong).toEqual([])
      expect(isWarned || rows.length === (query.filter === undefined ? 230 : 115)).toBe(true)
    },
  )
})

it('warns when a source does not filter by direction, and repeats nothing', async () => {
  const { provider } = memoryProvider(
    Array.from({ length: 230 }, (_, index) => ({ upstreamId: String(index), sentAt: index * 1000 })),
    {
      direction: {
        domain: { kind: 'values', values: ['INBOUND', 'OUTBOUND'], nullable: false },
        operators: { eq: 'exact' },
        listed: false,
      },
    },
  )
  const deaf: MessageProvider = {
    ...provider,
    list: async (request, call) => {
      const { page, ...result } = await provider.list({ ...request, filter: [] }, call)
      return { ...result, page: { pageSize: page?.pageSize ?? null, total: null, lastPage: null } }
    },
  }
  const { pages, rows } = await traverse(createEngine({ sources: [{ id: 'deaf', provider: deaf }] }), {
    first: 100,
  })
  expect(idsOf(rows)).toEqual(Array.from({ length: 230 }, (_, index) => String(229 - index)))
  for (const page of pages) {
    expect(reportOf(page, 'deaf')).toMatchObject({
      completeness: 'UNPROVEN',
      warnings: [{ code: 'DIRECTION_IGNORED' }],
      error: null,
    })
  }
})
