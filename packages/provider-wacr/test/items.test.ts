import { startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import { parseExactJson, type Message } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { wacrRow, wacrRows } from './support/wacr-row.js'

async function listOne(upstream: WacrEmulator): Promise<Message | undefined> {
  const { messages } = await connect(upstream).list(listRequest())
  return messages[0]
}

describe('a listed message', () => {
  it('is normalized', async () => {
    const html = '<b>Hi &amp; bye</b>\n'
    const row = wacrRow(41, {
      type: 'template',
      message: html,
      status: 'read',
      isRead: true,
      extra: { lang: 'de' },
    })
    await using upstream = await startWacrEmulator({ rows: [row] })
    expect(await listOne(upstream)).toEqual({
      upstreamId: '41',
      whatsappId: 'wamid.41',
      direction: null,
      type: 'TEMPLATE',
      rawType: 'template',
      status: 'READ',
      rawStatus: 'read',
      text: html,
      from: '+14155552671',
      to: null,
      contact: null,
      interactionId: '7',
      isRead: true,
      sentAt: row.createdAt,
      failure: null,
      raw: {
        id: 41,
        interaction_id: 7,
        sender_id: '14155552671',
        type: 'template',
        message: html,
        status: 'read',
        message_id: 'wamid.41',
        sent_at: '2026-04-24T12:00:41.000000Z',
        is_read: true,
        lang: 'de',
      },
    })
  })

  it('has null for what the upstream has null for', async () => {
    const nothing = {
      interactionId: null,
      senderId: null,
      type: null,
      message: null,
      status: null,
      messageId: null,
    }
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1, nothing)] })
    expect(await listOne(upstream)).toMatchObject({
      interactionId: null,
      from: null,
      type: null,
      rawType: null,
      text: null,
      status: null,
      rawStatus: null,
      whatsappId: null,
    })
  })

  it.each([
    ['seconds', false],
    ['microseconds', true],
    ['offset', true],
  ] as const)(
    'is read with times in %s and numbers as strings: %j',
    async (timestampFormat, numbersAsStrings) => {
      const row = wacrRow(3, { timeSent: wacrRow(1).createdAt })
      await using upstream = await startWacrEmulator({ rows: [row], timestampFormat, numbersAsStrings })
      expect(await listOne(upstream)).toMatchObject({
        upstreamId: '3',
        interactionId: '7',
        sentAt: row.timeSent,
      })
    },
  )

  it.each([
    ['sent', 'SENT'],
    ['Delivered', 'DELIVERED'],
    ['FAILED', 'FAILED'],
    ['deleted', 'UNKNOWN'],
    ['unknown', 'UNKNOWN'],
    ['queued', 'UNKNOWN'],
    ['', 'UNKNOWN'],
  ])('of status %j is %s', async (status, normalized) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1, { status })] })
    expect(await listOne(upstream)).toMatchObject({ status: normalized, rawStatus: status })
  })

  it.each([
    ['image', 'IMAGE'],
    ['Sticker', 'STICKER'],
    ['other', 'OTHER'],
    ['poll', 'OTHER'],
    ['', 'OTHER'],
  ])('of type %j is %s', async (type, normalized) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1, { type })] })
    expect(await listOne(upstream)).toMatchObject({ type: normalized, rawType: type })
  })

  it.each([
    [{ sender_id: 14155552671 }, { from: '+14155552671' }],
    [{ sender_id: '+14155552671' }, { from: '+14155552671' }],
    [{ sender_id: 'lead_1' }, { from: 'lead_1' }],
    [{ sender_id: '' }, { from: null }],
    [{ message_id: '' }, { whatsappId: null }],
    [{ is_read: 1 }, { isRead: true }],
    [{ is_read: '0' }, { isRead: false }],
    [{ id: '90071992547409931' }, { upstreamId: '90071992547409931' }],
    [{ id: parseExactJson('9223372036854775807') }, { upstreamId: '9223372036854775807' }],
    [{ interaction_id: parseExactJson('9007199254740993') }, { interactionId: '9007199254740993' }],
    [{ is_read: parseExactJson('1.0') }, { isRead: true }],
  ])('may come as %j', async (patch, normalized) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    expect(await listOne(upstream)).toMatchObject(normalized)
  })
})

describe('a way of saying nothing', () => {
  const NOTHING = [undefined, null, '', [], {}]
  const OPTIONAL = [
    ['interaction_id', { interactionId: null }],
    ['sender_id', { from: null }],
    ['message', { text: null }],
    ['message_id', { whatsappId: null }],
    ['is_read', { isRead: null }],
  ] as const
  const rows = OPTIONAL.flatMap(([name, normalized]) =>
    NOTHING.map((value) => ({ patch: { [name]: value }, normalized })),
  )

  it.each(rows)('is null in every optional field: %j', async ({ patch, normalized }) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    expect(await listOne(upstream)).toMatchObject(normalized)
  })

  it.each([undefined, null, [], {}])('is null as type and status: %j', async (value) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch: { type: value, status: value } })
    const nothing = { type: null, rawType: null, status: null, rawStatus: null }
    expect(await listOne(upstream)).toMatchObject(nothing)
  })

  it.each([...NOTHING, '0000-00-00 00:00:00'])('as time or id sets the row aside: %j', async (value) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(3) })
    for (const name of ['id', 'sent_at']) {
      upstream.faults.next({ kind: 'mutateItem', index: 1, patch: { [name]: value } })
      const { messages, rejected } = await connect(upstream).list(listRequest())
      expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['3', '1'])
      expect(rejected).toMatchObject([{ position: 1, upstreamId: name === 'id' ? null : '2' }])
    }
  })
})

describe('an item that is not as documented', () => {
  it.each([
    [{ id: undefined }, 'id: expected an integer, found nothing'],
    [{ id: null }, 'id: expected an integer, found null'],
    [{ id: 1.5 }, 'id: expected an integer, found a number'],
    [{ id: 2 ** 53 }, 'id: expected an integer, found a number'],
    [{ id: '007' }, 'id: expected an integer, found text'],
    [{ id: -1 }, 'id: expected an integer, found a number'],
    [{ interaction_id: 'x' }, 'interaction_id: expected an integer, found text'],
    [{ sent_at: undefined }, 'sent_at: expected an ISO 8601 date and time, found nothing'],
    [{ sent_at: null }, 'sent_at: expected an ISO 8601 date and time, found null'],
    [{ sent_at: '2026-02-30T00:00:00Z' }, 'sent_at: expected an ISO 8601 date and time, found text'],
    [{ sent_at: 1777034096 }, 'sent_at: expected an ISO 8601 date and time, found a number'],
    [{ message: { body: 'x' } }, 'message: expected text or null, found an object'],
    [{ status: 4 }, 'status: expected text or null, found a number'],
    [{ type: ['text'] }, 'type: expected text or null, found an array'],
    [{ sender_id: false }, 'sender_id: expected text or null, found a boolean'],
    [{ is_read: 'yes' }, 'is_read: expected a boolean, found text'],
  ])('is set aside with its position, its field and all that came: %j', async (patch, reason) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(5), envelope: 'nested' })
    upstream.faults.next({ kind: 'mutateItem', index: 3, patch })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['5', '4', '3', '1'])
    const upstreamId = 'id' in patch ? null : '2'
    const raw: unknown = expect.objectContaining(defined(patch))
    expect(rejected).toEqual([{ position: 3, upstreamId, reason: `data.data[3].${reason}`, raw }])
  })

  it.each([
    [null, 'null'],
    ['text of a stranger', 'text'],
    [[1], 'an array'],
  ])('is set aside when it is %j', async (value, found) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(2), envelope: 'array' })
    upstream.faults.next({ kind: 'replaceItem', index: 1, value })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages).toHaveLength(1)
    const reason = `[1]: expected an object, found ${found}`
    expect(rejected).toEqual([{ position: 1, upstreamId: null, reason, raw: value }])
  })

  it('is set aside when its id was there before', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(4) })
    upstream.faults.next({ kind: 'mutateItem', index: 2, patch: { id: '4' } })
    const { messages, rejected } = await connect(upstream).list(listRequest())
    expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(['4', '3', '1'])
    const reason = 'data[2]: repeats the id of row 0'
    expect(rejected).toMatchObject([{ position: 2, upstreamId: '4', reason }])
  })

  it('stops no page even when all the others are like it', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(3) })
    upstream.faults.next({
      kind: 'mutateBody',
      change: () => ({ data: [{ id: 3 }, null, { sent_at: 'now' }], meta: { total: 3 } }),
    })
    const { messages, rejected = [], page } = await connect(upstream).list(listRequest())
    expect(messages).toEqual([])
    expect(rejected.map(({ position, upstreamId }) => [position, upstreamId])).toEqual([
      [0, '3'],
      [1, null],
      [2, null],
    ])
    expect(page?.total).toBe(3)
  })
})

function defined(patch: object): object {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
}
