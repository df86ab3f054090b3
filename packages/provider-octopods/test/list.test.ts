import { MESSAGE_STATUSES, type ListRequest } from '@waybill/core'
import { startOctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createReader } from '../src/normalize.js'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { octopodsRow, octopodsRows } from './support/octopods-row.js'

const SHAPES = (['A', 'B'] as const).flatMap((listShape) =>
  [false, true].map((numbersAsStrings) => ({ listShape, numbersAsStrings, plusSign: 'mixed' as const })),
)

const NOTHING = { messages: [], rejected: [], parameters: [] }

describe('the list', () => {
  it.each(SHAPES)('is read in every shape, newest first: %j', async (shape) => {
    const failure = { code: 470, title: 'Re-engagement window expired' }
    const rows = MESSAGE_STATUSES.map((status, index) =>
      octopodsRow(index + 1, { status, failure: status === 'FAILED' ? failure : null }),
    )
    await using upstream = await startOctopodsEmulator({ rows, ...shape })
    const { messages } = await connect(upstream).list(listRequest())
    expect(messages.toReversed()).toMatchObject(
      rows.map((row) => ({
        upstreamId: String(row.messageId),
        status: row.status,
        to: '+14155552671',
        sentAt: row.createdAt,
        text: shape.listShape === 'A' ? row.content : null,
        failure: row.failure && { code: shape.listShape === 'A' ? '470' : null, reason: row.failure.title },
      })),
    )
  })

  it('asks for the limit and nothing else', async () => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(9) })
    const { messages } = await connect(upstream).list(listRequest({ page: { kind: 'window', limit: 4 } }))
    expect(messages.map((message) => message.upstreamId)).toEqual(['9', '8', '7', '6'])
    expect(upstream.log.map((record) => record.url)).toEqual(['/api/v1/whatsapp/messages?limit=4'])
  })

  it('is empty when nothing was sent yet, in the words of either shape', async () => {
    await using upstream = await startOctopodsEmulator({ numbersAsStrings: true })
    expect(await connect(upstream).list(listRequest())).toMatchObject(NOTHING)
    upstream.settings.numbersAsStrings = false
    expect(await connect(upstream).list(listRequest())).toMatchObject(NOTHING)
    const saidUnderSuccess = [2, '2'].flatMap((code) => [
      { request_id: 'x', error_code: code, error: 'Resource Not Found' },
      { error_code: code, error: 'Resource Not Found', messages: [] },
      { error_code: code, messages: null },
    ])
    for (const body of [[], { messages: [] }, ...saidUnderSuccess]) {
      upstream.faults.next({ kind: 'status', status: 200, body })
      expect(await connect(upstream).list(listRequest())).toMatchObject(NOTHING)
    }
  })

  it.each<[string, Partial<ListRequest>]>([
    ['a filter', { filter: [{ field: 'status', operator: 'eq', values: ['SENT'] }] }],
    ['a search', { search: 'hello' }],
    ['the oldest first', { sort: { field: 'createdAt', direction: 'asc' } }],
    ['the order of change', { sort: { field: 'updatedAt', direction: 'desc' } }],
    ['a page', { page: { kind: 'page', number: 1, size: 100 } }],
  ])('cannot be asked for %s, and nothing is sent', async (_name, changes) => {
    await using upstream = await startOctopodsEmulator()
    await expect(connect(upstream).list(listRequest(changes))).rejects.toThrow(TypeError)
    expect(upstream.log).toEqual([])
  })

  it.each([
    [null, 'null'],
    [7, 'a number'],
    [{}, 'an object'],
    [{ messages: null }, 'an object'],
    [{ data: [] }, 'an object'],
  ])('is refused when it holds no list: %j', async (body, found) => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'main' })
    expect(error.message).toContain(`expected a list of messages, found ${found} without one`)
  })
})

describe('a list whose items are numbered, as PHP sends it when some were removed', () => {
  const items = [3, 2].map((id) => ({
    message_id: id,
    status: 'sent',
    phone_number: '+15551234567',
    sent_at: '2026-04-24T10:23:45Z',
  }))

  it.each([
    ['in an envelope', { request_id: 'a', messages: { 0: items[0], 4: items[1] } }],
    ['without one', { 1: items[0], 2: items[1] }],
  ])('is read: %s', async (_where, body) => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body })
    const { messages } = await connect(upstream).list(listRequest())
    expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['3', '2'])
  })
})

describe('figures beside the list', () => {
  const item = {
    message_id: 1,
    status: 'sent',
    phone_number: '+15551234567',
    sent_at: '2026-04-24T10:23:45Z',
  }
  const UNTOLD = { total: null, pageSize: null, lastPage: null, hasNextPage: null, number: null, span: null }

  it.each([
    ['none', { messages: [item] }, {}],
    ['none, without an envelope', [], {}],
    [
      'a total and whether more follow',
      { messages: [item], total: 7, has_more: true },
      { total: 7, hasNextPage: true },
    ],
    ['a total as text', { messages: [item], total: '7' }, { total: 7 }],
    [
      'figures under meta',
      { messages: [item], meta: { total: 7, hasMore: false } },
      { total: 7, hasNextPage: false },
    ],
    ['nonsense', { messages: [item], total: -3, has_more: null }, { hasNextPage: false }],
  ])('are read: %s', (_what, body, told) => {
    expect(createReader('UTC').readList(body, 'octo').figures).toEqual({ ...UNTOLD, ...told })
  })
})
