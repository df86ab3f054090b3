import type { Message } from '@waybill/core'
import { startOctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { LIST_A, LIST_B, STATUS_1, STATUS_2 } from './support/samples.js'

const COMMON: Partial<Message> = {
  whatsappId: null,
  direction: 'OUTBOUND',
  type: 'TEMPLATE',
  rawType: null,
  from: null,
  interactionId: null,
  isRead: null,
}

async function listOf(body: unknown): Promise<readonly Message[]> {
  await using upstream = await startOctopodsEmulator()
  upstream.faults.next({ kind: 'status', status: 200, body })
  const { messages, parameters } = await connect(upstream).list(listRequest())
  expect(parameters).toEqual([])
  return messages
}

describe('the bodies that the articles show', () => {
  it('give messages with content out of the bare array', async () => {
    const messages = await listOf(LIST_A)
    expect(messages).toEqual([
      {
        ...COMMON,
        upstreamId: '98765',
        status: 'DELIVERED',
        rawStatus: 'DELIVERED',
        text: 'Hi Alex — your order is on the way!',
        to: '+14155552671',
        contact: { id: '+14155552671', basis: 'TOLD' },
        sentAt: Date.parse('2026-04-24T12:34:56Z'),
        failure: null,
        raw: (LIST_A as unknown[])[0],
      },
      {
        ...COMMON,
        upstreamId: '98764',
        status: 'FAILED',
        rawStatus: 'FAILED',
        text: 'Your verification code is 482910.',
        to: '+14155551234',
        contact: { id: '+14155551234', basis: 'TOLD' },
        sentAt: Date.parse('2026-04-24T12:30:10Z'),
        failure: { code: '470', reason: 'Re-engagement window expired' },
        raw: (LIST_A as unknown[])[1],
      },
    ])
  })

  it('give messages without content out of the envelope', async () => {
    const messages = await listOf(LIST_B)
    expect(messages).toMatchObject([
      {
        ...COMMON,
        upstreamId: '3851828',
        status: 'DELIVERED',
        rawStatus: 'delivered',
        text: null,
        to: '+15551234567',
        contact: { id: '+15551234567', basis: 'TOLD' },
        sentAt: Date.parse('2026-04-24T10:23:45Z'),
        failure: null,
      },
      {
        ...COMMON,
        upstreamId: '3851827',
        status: 'FAILED',
        rawStatus: 'failed',
        text: null,
        to: '+15557654321',
        contact: { id: '+15557654321', basis: 'TOLD' },
        sentAt: Date.parse('2026-04-24T10:19:02Z'),
        failure: { code: null, reason: 'Recipient is not a WhatsApp user.' },
      },
    ])
  })

  it('give a detail and no message out of the shorter status', async () => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: STATUS_1 })
    expect(await connect(upstream).get?.('98765')).toEqual({
      message: null,
      fields: { status: 'DELIVERED', rawStatus: 'DELIVERED', failure: null, whatsappId: null },
      detail: {
        statusMessage: 'Your message has been delivered successfully.',
        replyToId: null,
        mediaUrl: null,
        staffId: null,
        deliveredAt: null,
        readAt: null,
      },
    })
  })

  it('give a message without content and its times out of the longer status', async () => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: STATUS_2 })
    expect(await connect(upstream).get?.('3851828')).toEqual({
      message: {
        ...COMMON,
        upstreamId: '3851828',
        whatsappId: 'wamid.HBgNNTUx',
        status: 'DELIVERED',
        rawStatus: 'delivered',
        text: null,
        to: '+15551234567',
        contact: { id: '+15551234567', basis: 'TOLD' },
        sentAt: Date.parse('2026-04-24T10:23:45Z'),
        failure: null,
        raw: STATUS_2,
      },
      detail: {
        statusMessage: null,
        replyToId: null,
        mediaUrl: null,
        staffId: null,
        deliveredAt: Date.parse('2026-04-24T10:23:48Z'),
        readAt: null,
      },
    })
  })
})
