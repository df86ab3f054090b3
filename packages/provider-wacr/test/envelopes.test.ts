import { startWacrEmulator, type WacrEnvelope } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRow, wacrRows } from './support/wacr-row.js'

const ENVELOPES: readonly WacrEnvelope[] = ['array', 'data', 'data-meta', 'data-pagination', 'root', 'nested']
const WITH_FIGURES: readonly WacrEnvelope[] = ['data-meta', 'data-pagination', 'root', 'nested']
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
    const figures = { total: 10, pageSize: 4, lastPage: 3 }
    expect(page).toEqual(told ? figures : { total: null, pageSize: null, lastPage: null })
  })

  it.each(WITH_FIGURES)('may do without totals: %s', async (envelope) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(10), envelope, totals: false })
    const { page } = await connect(upstream).list(PAGE)
    expect(page).toEqual({ total: null, pageSize: 4, lastPage: null })
  })

  it.each(ENVELOPES)('may be empty: %s', async (envelope) => {
    await using upstream = await startWacrEmulator({ envelope })
    const { messages, page } = await connect(upstream).list(listRequest())
    expect(messages).toEqual([])
    expect(page?.total).toBe(WITH_FIGURES.includes(envelope) ? 0 : null)
  })

  it('tells a page size that the server has lowered', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(10), maxPerPage: 3 })
    const { messages, page } = await connect(upstream).list(listRequest())
    expect(messages).toHaveLength(3)
    expect(page).toEqual({ total: 10, pageSize: 3, lastPage: 4 })
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
  ])('passes over figures that make no sense: %j', async (meta) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: { data: [], meta } })
    const { page } = await connect(upstream).list(listRequest())
    expect(page).toEqual({ total: null, pageSize: null, lastPage: null })
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

function itemOf(id: number): unknown {
  return { id, sent_at: new Date(wacrRow(id).createdAt).toISOString() }
}
