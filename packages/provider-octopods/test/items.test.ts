import { parseExactJson, type Message } from '@waybill/core'
import { startOctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { octopodsRow, octopodsRows } from './support/octopods-row.js'

type Shape = 'A' | 'B'

async function listPatched(
  listShape: Shape,
  patch: Readonly<Record<string, unknown>>,
): Promise<Message | undefined> {
  await using upstream = await startOctopodsEmulator({ rows: [octopodsRow(1)], listShape })
  upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
  const { messages } = await connect(upstream).list(listRequest())
  return messages[0]
}

function status(changes: Readonly<Record<string, unknown>>): {
  message_status: Readonly<Record<string, unknown>>
} {
  const inner = { channel_message_id: 1, message_status: 'SENT', failure_reason: '', ...changes }
  return { message_status: inner }
}

describe('an item', () => {
  it.each<[Shape, Readonly<Record<string, unknown>>, Partial<Message>]>([
    ['A', status({ message_status: 'queued' }), { status: 'UNKNOWN', rawStatus: 'queued' }],
    ['A', status({ message_status: null }), { status: 'UNKNOWN', rawStatus: null }],
    ['A', status({ message_status: undefined }), { status: 'UNKNOWN', rawStatus: null }],
    ['A', status({ message_status: 'Read' }), { status: 'READ', rawStatus: 'Read' }],
    ['B', { status: undefined }, { status: 'UNKNOWN', rawStatus: null }],
    ['B', { status: 'deleted' }, { status: 'DELETED', rawStatus: 'deleted' }],
    ['B', { message_id: '1' }, { upstreamId: '1' }],
    ['B', { message_id: parseExactJson('9223372036854775807') }, { upstreamId: '9223372036854775807' }],
    [
      'A',
      status({ channel_message_id: parseExactJson('9007199254740993') }),
      { upstreamId: '9007199254740993' },
    ],
    ['A', { message_content: null }, { text: null }],
    ['A', { message_content: undefined }, { text: null }],
    ['A', { user_phone_number: '14155552671' }, { to: '+14155552671' }],
    ['B', { phone_number: 14155552671 }, { to: '+14155552671' }],
    ['B', { sent_at: '2026-04-24 12:00:00+02:00' }, { sentAt: Date.parse('2026-04-24T10:00:00Z') }],
    ['B', { extra: { a: 1 } }, { raw: expect.objectContaining({ extra: { a: 1 } }) }],
  ])('of shape %s may come with %j', async (shape, patch, normalized) => {
    expect(await listPatched(shape, patch)).toMatchObject(normalized)
  })

  it.each([
    ['', null],
    [' ', null],
    [null, null],
    [undefined, null],
    [{}, null],
    [[], null],
    [{ code: null, title: '' }, null],
    [{ code: '', title: [] }, null],
    [
      { code: 470, title: {} },
      { code: '470', reason: '470' },
    ],
    ['Blocked', { code: null, reason: 'Blocked' }],
    [{ title: 'Blocked' }, { code: null, reason: 'Blocked' }],
    [
      { code: '131026', title: 'Blocked', details: 'x' },
      { code: '131026', reason: 'Blocked' },
    ],
    [{ code: 470 }, { code: '470', reason: '470' }],
    [{ code: parseExactJson('470.0') }, { code: '470', reason: '470' }],
    [
      { code: parseExactJson('12345678901234567890') },
      { code: '12345678901234567890', reason: '12345678901234567890' },
    ],
  ])('with the failure reason %j has the failure %j', async (reason, failure) => {
    const inA = await listPatched('A', status({ message_status: 'FAILED', failure_reason: reason }))
    const inB = await listPatched('B', { status: 'failed', failure_reason: reason })
    expect([inA?.failure, inB?.failure]).toEqual([failure, failure])
  })
})

describe('a way of saying nothing', () => {
  const NOTHING = [undefined, null, '', [], {}]

  it.each(NOTHING)('is null in every optional field: %j', async (value) => {
    const inA = await listPatched('A', {
      message_content: value,
      ...status({ message_status: value, failure_reason: value }),
    })
    expect(inA).toMatchObject({ text: null, status: 'UNKNOWN', rawStatus: null, failure: null })
    const inB = await listPatched('B', { status: value, failure_reason: value })
    expect(inB).toMatchObject({ status: 'UNKNOWN', rawStatus: null, failure: null })
  })

  it.each(NOTHING)('sets the row aside where a field is required: %j', async (value) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(3), listShape: 'B' })
    for (const name of ['message_id', 'sent_at', 'phone_number']) {
      upstream.faults.next({ kind: 'mutateItem', index: 1, patch: { [name]: value } })
      const { messages, rejected } = await connect(upstream).list(listRequest())
      expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['3', '1'])
      expect(rejected).toMatchObject([{ position: 1, upstreamId: name === 'message_id' ? null : '2' }])
    }
  })
})

describe('an item that is not as documented', () => {
  it.each<[Shape, Readonly<Record<string, unknown>>, string]>([
    ['A', { created_at: undefined }, '[2].created_at: expected an ISO 8601 date and time, found nothing'],
    ['A', { created_at: 'now' }, '[2].created_at: expected an ISO 8601 date and time, found text'],
    ['A', { user_phone_number: null }, '[2].user_phone_number: expected a phone number, found null'],
    ['A', { user_phone_number: '' }, '[2].user_phone_number: expected a phone number, found empty text'],
    ['A', { message_content: 7 }, '[2].message_content: expected text or null, found a number'],
    ['A', { message_status: 'SENT' }, '[2].message_status: expected an object, found text'],
    ['A', { message_status: undefined }, '[2].message_status: expected an object, found nothing'],
    [
      'A',
      status({ channel_message_id: 'wamid.1' }),
      '[2].message_status.channel_message_id: expected an integer, found text',
    ],
    [
      'A',
      status({ channel_message_id: 2, failure_reason: 7 }),
      '[2].message_status.failure_reason: expected text or an object of code and title, found a number',
    ],
    ['B', { message_id: undefined }, 'messages[2].message_id: expected an integer, found nothing'],
    ['B', { message_id: 1.5 }, 'messages[2].message_id: expected an integer, found a number'],
    ['B', { sent_at: null }, 'messages[2].sent_at: expected an ISO 8601 date and time, found null'],
    ['B', { status: { a: 1 } }, 'messages[2].status: expected text or null, found an object'],
    ['B', { phone_number: true }, 'messages[2].phone_number: expected a phone number, found a boolean'],
  ])('of shape %s is set aside with its position and field: %j', async (listShape, patch, reason) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(4), listShape })
    upstream.faults.next({ kind: 'mutateItem', index: 2, patch })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['4', '3', '1'])
    const upstreamId = /id: expected|\.message_status: expected an/.test(reason) ? null : '2'
    const raw: unknown = expect.any(Object)
    expect(rejected).toEqual([{ position: 2, upstreamId, reason, raw }])
  })

  it.each([null, 'text', []])('is set aside when it is %j', async (value) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(2) })
    upstream.faults.next({ kind: 'replaceItem', index: 1, value })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages).toHaveLength(1)
    expect(rejected).toMatchObject([{ position: 1, upstreamId: null, raw: value }])
    expect(rejected?.[0]?.reason).toContain('[1]: expected an object, found ')
  })

  it('is set aside when its id was there before', async () => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(4), listShape: 'B' })
    upstream.faults.next({ kind: 'mutateItem', index: 3, patch: { message_id: '3' } })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['4', '3', '2'])
    const reason = 'messages[3]: repeats the id of row 1'
    expect(rejected).toMatchObject([{ position: 3, upstreamId: '3', reason }])
  })
})
