import { startWacrEmulator, type WacrEnvelope } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRow, wacrRows } from './support/wacr-row.js'

const ENVELOPES: readonly WacrEnvelope[] = ['array', 'data', 'data-meta', 'data-pagination', 'root', 'nested']
const WITH_FIGURES: readonly WacrEnvelope[] = ['data-meta', 'data-pagination', 'root', 'nested']
const NO_FIGURES = {
  total: null,
  pageSize: null,
  lastPage: null,
  hasNextPage: null,
  number: null,
  span: null,
}
const PAGE = listRequest({ page: { kind: 'page', number: 2, size: 4 } })

const variants = ENVELOPES.flatMap((envelope) =>
  [false, true].flatMap((wrapper) =>
    [false, true].map((numbersAsStrings) => ({ envelope, wrapper, numbersAsStrings })),
  ),
)

describe('the envelope of a list', () => {
  it.each(variants)('is understood: %j', async (variant) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(10), ...variant })
    const { messages, page } = await connect(upstream).list(PAGE)
    expect(messages.map((message) => message.upstreamId)).toEqual(['6', '5', '4', '3'])
    const told = WITH_FIGURES.includes(variant.envelope)
    const place = { number: 2, span: { from: 5, to: 8 } }
    const figures = { total: 10, pageSize: 4, lastPage: 3, hasNextPage: true, ...place }
    expect(page).toEqual(told ? figures : NO_FIGURES)
  })

  it.each(WITH_FIGURES)('may do without totals: %s', async (envelope) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(10), envelope, totals: false })
    const { page } = await connect(upstream).list(PAGE)
    expect(page).toMatchObject({ total: null, pageSize: 4, lastPage: null, hasNextPage: true, number: 2 })
  })

  it.each(ENVELOPES)('may be empty: %s', async (envelope) => {
    await using upstream = await startWacrEmulator({ envelope })
    const { messages, page } = await connect(upstream).list(listRequest())
    expect(messages).toEqual([])
    expect(page?.total).toBe(WITH_FIGURES.includes(envelope) ? 0 : null)
  })

  it.each([
    ['the body itself', (items: object) => items],
    ['data', (items: object) => ({ data: items, meta: { total: 9 } })],
    ['data.data', (items: object) => ({ data: { data: items, total: 9 } })],
  ])('may number the items of its list, as PHP does when some were removed: %s', async (_place, wrap) => {
    await using upstream = await startWacrEmulator()
    const items = { 0: itemOf(9), 2: itemOf(7), 3: { id: 6, sent_at: null }, 5: itemOf(4) }
    upstream.faults.next({ kind: 'status', status: 200, body: wrap(items) })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages.map((message) => message.upstreamId)).toEqual(['9', '7', '4'])
    expect(rejected?.map(({ position, upstreamId }) => [position, upstreamId])).toEqual([[2, '6']])
  })

  it('reports a page size that the server has lowered', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(10), maxPerPage: 3 })
    const { messages, page } = await connect(upstream).list(listRequest())
    expect(messages).toHaveLength(3)
    expect(page).toMatchObject({ total: 10, pageSize: 3, lastPage: 4, hasNextPage: true })
  })

  it('may hold more items than were asked for', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(6) })
    upstream.faults.next({ kind: 'status', status: 200, body: [2, 1].map((id) => itemOf(id)) })
    const { messages } = await connect(upstream).list(
      listRequest({ page: { kind: 'page', number: 1, size: 1 } }),
    )
    expect(messages.map((message) => message.upstreamId)).toEqual(['2', '1'])
  })

  it.each([
    [{ total: -1, per_page: 0, last_page: 1.5 }],
    [{ total: true, per_page: null, last_page: [] }],
    [{ total: '', per_page: '1e2', last_page: '0x10' }],
    [{ total: 2 ** 60, per_page: {}, last_page: ' 3 ' }],
    [{ page: { size: 4 }, from: 5, to: 3 }],
    [{ page: 'first', from: 5 }],
    [{ current_page: -1, from: '2026-04-24', to: '2026-04-25' }],
  ])('passes over figures that make no sense: %j', async (meta) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: { data: [], meta } })
    const { page } = await connect(upstream).list(listRequest())
    expect(page).toEqual(NO_FIGURES)
  })

  it.each([
    [null, 'null without one'],
    [7, 'a number without one'],
    ['"secret"', 'text without one'],
    [{ messages: [] }, 'an object without one'],
    [{ data: null }, 'null under data'],
    [{ data: { items: [] } }, 'an object under data'],
    [{ data: { data: {} } }, 'an object under data'],
  ])('is refused when it holds no list: %j', async (body, found) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
    expect(error.message).toContain(`expected a list of messages, found ${found}`)
  })
})

describe('whether another page follows', () => {
  it.each(WITH_FIGURES)('is read as Laravel sends it, with totals and without: %s', async (envelope) => {
    for (const totals of [true, false]) {
      await using upstream = await startWacrEmulator({ rows: wacrRows(10), envelope, totals })
      const told: unknown[] = []
      for (const number of [1, 2, 3, 4]) {
        const { page } = await connect(upstream).list(
          listRequest({ page: { kind: 'page', number, size: 4 } }),
        )
        told.push(page?.hasNextPage)
      }
      expect(told).toEqual([true, true, false, false])
    }
  })

  it.each([
    [{ next_page_url: 'https://tenant.example/api/v2/messages?page=2' }, true],
    [{ next_page_url: null }, false],
    [{ next_page_url: '' }, false],
    [{ links: { next: '/messages?page=2' } }, true],
    [{ links: { first: '/messages?page=1', next: null } }, false],
    [{ links: [] }, null],
    [{ links: [{ url: null, label: 'Next &raquo;' }] }, null],
    [{ meta: { next_page_url: '/messages?page=2' } }, true],
    [{ meta: { links: { next: false } } }, false],
    [{ meta: { pagination: { links: { next: '/messages?page=2' } } } }, true],
    [{ pagination: { has_more: true } }, true],
    [{ pagination: { has_more: 0 } }, false],
    [{ has_more: 'false' }, false],
    [{ has_more_pages: 1 }, true],
    [{ has_more_pages: '0' }, false],
    [{ next_page: 2 }, true],
    [{ next_page: '2' }, true],
    [{ next_page: null }, false],
    [{ next_page: [] }, false],
    [{ next_cursor: 'abc' }, true],
    [{ meta: { hasMore: true } }, true],
    [{ meta: { 'has-next': 0 } }, false],
    [{ nextPageUrl: '/messages?page=2' }, true],
    [{ next_page_url: null, meta: { has_more: true } }, true],
    [{}, null],
  ])('is read from %j: %j', async (beside, hasNextPage) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.when(() => true, { kind: 'mutateBody', change: () => ({ data: [itemOf(1)], ...beside }) })
    const { page } = await connect(upstream).list(listRequest())
    expect(page).toMatchObject({ hasNextPage })
    upstream.faults.clear()
    upstream.faults.next({
      kind: 'mutateBody',
      change: () => ({ data: { data: [itemOf(1)], ...beside } }),
    })
    const nested = await connect(upstream).list(listRequest())
    if (!('meta' in beside) && !('pagination' in beside)) expect(nested.page).toMatchObject({ hasNextPage })
  })

  it.each([
    [{ meta: { total_pages: 7 } }, 7],
    [{ meta: { pagination: { total_pages: '7' } } }, 7],
    [{ pagination: { pages: 7 } }, 7],
    [{ last_page: 7, pages: 9 }, 7],
  ])('finds the last page by the number of pages too: %j', async (beside, lastPage) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'mutateBody', change: () => ({ data: [], ...beside }) })
    expect((await connect(upstream).list(listRequest())).page).toMatchObject({ lastPage })
  })
})

function itemOf(id: number): unknown {
  return { id, sent_at: new Date(wacrRow(id).createdAt).toISOString() }
}
