import { generateWacrRows, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { changeLists, passOver, sortAlways } from '../../../../../test/support/lies.js'
import { startUpstreams, type Upstreams } from '../support/upstreams.js'
import { downFrom, isComplete, readList } from './reading.js'

const STATUSES = ['sent', 'delivered', 'read', 'failed'] as const

/** Every status, type, conversation and direction, in turn; a minute apart, so that the order shows in the times. */
const ROWS = downFrom(240).map((id) =>
  plainWacrRow(id, {
    status: STATUSES[id % 4] ?? null,
    type: id % 3 === 0 ? 'image' : 'text',
    interactionId: id % 5,
    direction: id % 7 < 3 ? 'inbound' : 'outbound',
    message: id % 10 === 0 ? `Your order ${id}` : `Message ${id}`,
    createdAt: Date.UTC(2026, 3, 24) + id * 60_000,
  }),
)
const start = (): Promise<Upstreams> => startUpstreams({ wacr: { rows: ROWS } })
const idsWhere = (isWanted: (id: number) => boolean): number[] => downFrom(240).filter((id) => isWanted(id))

const FILTERS: readonly (readonly [field: string, filter: object, isWanted: (id: number) => boolean])[] = [
  ['status', { status: { eq: 'FAILED' } }, (id) => id % 4 === 3],
  ['status', { status: { in: ['FAILED', 'SENT'] } }, (id) => id % 4 === 3 || id % 4 === 0],
  ['status', { status: { ne: 'READ' } }, (id) => id % 4 !== 2],
  ['type', { type: { eq: 'IMAGE' } }, (id) => id % 3 === 0],
  ['type', { type: { notIn: ['IMAGE'] } }, (id) => id % 3 !== 0],
  ['interactionId', { interactionId: { eq: 2 } }, (id) => id % 5 === 2],
  ['status', { status: { eq: 'FAILED' }, type: { eq: 'IMAGE' } }, (id) => id % 4 === 3 && id % 3 === 0],
]

describe('a filter that the server passes over', () => {
  test.each(FILTERS)('is evaluated here, and reported: %s %j', async (field, filter, isWanted) => {
    const upstreams = await start()
    passOver(upstreams.wacr, 'filter[')
    for (const first of [500, 10]) {
      const query = {
        filter: { source: { eq: 'shop' }, ...filter },
        first,
        select: 'status type interactionId',
      }
      const { ids, reports, warnings, totalCount } = await readList(upstreams, query)
      expect(ids).toEqual(idsWhere(isWanted))
      expect(warnings).toContainEqual(expect.objectContaining({ code: 'FILTER_IGNORED', field }))
      expect(reports[0]?.completeness).toBe('UNPROVEN')
      expect(reports[0]?.evaluatedLocally.join()).toContain('filter[')
      expect([null, ids.length]).toContain(totalCount)
    }
  })

  test('is reported also where the upstream has only rows that it excludes', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1, { status: 'sent' })] } })
    passOver(upstreams.wacr, 'filter[')
    const filter = { source: { eq: 'shop' }, status: { eq: 'FAILED' } }
    const { ids, totalCount, codes, reports } = await readList(upstreams, { filter })
    expect([ids, totalCount, codes]).toEqual([[], 0, ['FILTER_IGNORED']])
    expect(reports.map(({ completeness }) => completeness)).toEqual(['UNPROVEN'])
  })

  test('is not reported where the server applies it', async () => {
    const upstreams = await start()
    for (const [, filter, isWanted] of FILTERS) {
      const { ids, reports, totalCount } = await readList(upstreams, {
        filter: { source: { eq: 'shop' }, ...filter },
      })
      expect([ids, totalCount]).toEqual([idsWhere(isWanted), ids.length])
      expect(reports).toMatchObject([{ completeness: 'COMPLETE', warnings: [] }])
    }
  })
})

test('a search that the server passes over is done here', async () => {
  const upstreams = await start()
  passOver(upstreams.wacr, 'search', 'q')
  const { ids } = await readList(upstreams, { search: 'ORDER', select: 'text' })
  expect(ids).toEqual(idsWhere((id) => id % 10 === 0))
})

describe('a direction filter that the server passes over', () => {
  test.each([undefined, { direction: { eq: 'INBOUND' } }, { direction: { eq: 'OUTBOUND' } }])(
    'leaves the direction unknown, and is reported: %j',
    async (clause) => {
      const upstreams = await start()
      passOver(upstreams.wacr, 'filter[direction]')
      const filter = { source: { eq: 'shop' }, ...clause }
      const { nodes, ids, warnings, reports } = await readList(upstreams, {
        filter,
        select: 'direction',
        first: 90,
      })
      expect(ids).toEqual(clause === undefined ? downFrom(240) : [])
      expect(nodes.filter(({ direction }) => direction !== null)).toEqual([])
      expect(warnings).toContainEqual(
        expect.objectContaining({ code: 'DIRECTION_IGNORED', field: 'direction' }),
      )
      expect(reports.filter(isComplete)).toEqual([])
    },
  )

  test('is reported where all messages have the other direction', async () => {
    const rows = downFrom(30).map((id) => plainWacrRow(id, { direction: 'outbound' }))
    const upstreams = await startUpstreams({ wacr: { rows } })
    passOver(upstreams.wacr, 'filter[direction]')
    const filter = { source: { eq: 'shop' }, direction: { eq: 'INBOUND' } }
    const { ids, codes, reports } = await readList(upstreams, { filter })
    expect(ids).toEqual([])
    expect(codes).toContain('DIRECTION_IGNORED')
    expect(reports[0]?.completeness).toBe('UNPROVEN')
  })
})

describe('a sort that the server passes over', () => {
  test.each([
    ['created_at', 'DESC'],
    ['-created_at', 'ASC'],
  ] as const)('for %s is reported, and no row is missing or repeated (%s)', async (always, direction) => {
    const upstreams = await start()
    sortAlways(upstreams.wacr, always)
    for (const first of [3, 90, 500]) {
      const { ids, warnings, reports } = await readList(upstreams, {
        sort: { direction },
        first: Math.max(first, 10),
      })
      expect(ids.toSorted((a, b) => b - a)).toEqual(downFrom(240))
      expect(warnings).toContainEqual(expect.objectContaining({ code: 'SORT_IGNORED', field: 'sort' }))
      expect(reports[0]?.completeness).toBe('UNPROVEN')
    }
  })

  test.each([1, 3, 25])('is reported with the first %i rows', async (first) => {
    const upstreams = await start()
    sortAlways(upstreams.wacr, 'created_at')
    const { data } = await upstreams.ask(
      `{ messages(first: ${first}, filter: { source: { eq: "shop" } }) { nodes { id } sources { source { key } completeness warnings { code } } } }`,
    )
    expect(data).toMatchObject({
      messages: { sources: [{}, { completeness: 'UNPROVEN', warnings: [{ code: 'SORT_IGNORED' }] }] },
    })
  })

  test.each([
    ['ten minutes', '2026-04-24T01:00:00Z', '2026-04-24T01:10:00Z'],
    ['the newest hour', '2026-04-24T03:00:00Z', '2026-04-25T00:00:00Z'],
    ['the oldest hour', '2026-04-23T00:00:00Z', '2026-04-24T01:00:00Z'],
  ])('does not keep a range from being found: %s', async (_what, gte, lt) => {
    const upstreams = await start()
    sortAlways(upstreams.wacr, 'created_at')
    const filter = { source: { eq: 'shop' }, sentAt: { gte, lt } }
    const { ids, codes, reports } = await readList(upstreams, { filter })
    const isWithin = (id: number): boolean => {
      const sentAt = Date.UTC(2026, 3, 24) + id * 60_000
      return sentAt >= Date.parse(gte) && sentAt < Date.parse(lt)
    }
    expect(ids.toSorted((a, b) => b - a)).toEqual(idsWhere(isWithin))
    expect(codes).toContain('SORT_IGNORED')
    expect(reports.filter(isComplete)).toEqual([])
  })

  test('is reported for rows in no order at all', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: generateWacrRows({ count: 95, seed: 4 }) } })
    changeLists(upstreams.wacr, (list) => ({
      ...list,
      data: list.data.toSorted((a, b) => ((Number(a['id']) * 37) % 101) - ((Number(b['id']) * 37) % 101)),
    }))
    const { ids, codes } = await readList(upstreams)
    expect(new Set(ids).size).toBe(95)
    expect(codes).toContain('SORT_IGNORED')
  })
})

test('a selection of fields may be passed over without harm', async () => {
  const upstreams = await start()
  passOver(upstreams.wacr, 'fields')
  const { ids, reports } = await readList(upstreams, { first: 90 })
  expect(ids).toEqual(downFrom(240))
  expect(reports.at(-1)).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
})

describe('a redirect that drops the query', () => {
  test.each(['/api/v2/messages', '/api/v2/messages?page=1'])('to %s is an error', async (location) => {
    const upstreams = await start()
    upstreams.wacr.faults.when(({ params }) => 'per_page' in params, {
      kind: 'redirect',
      location,
      status: 301,
    })
    const { errors } = await readList(upstreams, {
      filter: { source: { eq: 'shop' }, status: { eq: 'FAILED' } },
    })
    expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_REJECTED', source: 'shop' })
    expect(errors[0]?.message).toMatch(/redirect/i)
  })

  test('is followed where the query stays', async () => {
    const upstreams = await start()
    const location = '/api/v2/messages?page=1&per_page=100&sort=-created_at&fields=id%2Csent_at&moved=1'
    upstreams.wacr.faults.next({ kind: 'redirect', location, status: 301 })
    const { ids, errors } = await readList(upstreams)
    expect(errors).toEqual([])
    expect(ids).toEqual(downFrom(240))
  })
})
