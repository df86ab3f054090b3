import { startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import type { Message } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
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
    [{ message: '' }, { text: '' }],
    [{ is_read: 1 }, { isRead: true }],
    [{ is_read: '0' }, { isRead: false }],
    [{ id: '90071992547409931' }, { upstreamId: '90071992547409931' }],
  ])('may come as %j', async (patch, normalized) => {
    await using upstream = await startWacrEmulator({ rows: [wacrRow(1)] })
    upstream.faults.next({ kind: 'mutateItem', index: 0, patch })
    expect(await listOne(upstream)).toMatchObject(normalized)
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
    [{ type: [] }, 'type: expected text or null, found an array'],
    [{ sender_id: false }, 'sender_id: expected text or null, found a boolean'],
    [{ is_read: 'yes' }, 'is_read: expected a boolean, found text'],
  ])('is reported with its position and field: %j', async (patch, report) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(5), envelope: 'nested' })
    upstream.faults.next({ kind: 'mutateItem', index: 3, patch })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
    expect(error.message).toContain(`: data.data[3].${report}.`)
  })

  it.each([
    [null, 'null'],
    ['text of a stranger', 'text'],
    [[1], 'an array'],
  ])('is reported when it is %j', async (value, found) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(2), envelope: 'array' })
    upstream.faults.next({ kind: 'replaceItem', index: 1, value })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.message).toContain(`: [1]: expected an object, found ${found}.`)
  })

  it('is reported with both positions when its id is there twice', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(4) })
    upstream.faults.next({ kind: 'mutateItem', index: 2, patch: { id: '4' } })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
    expect(error.message).toContain('data[0] and data[2]: expected different ids, found the same twice')
  })
})
