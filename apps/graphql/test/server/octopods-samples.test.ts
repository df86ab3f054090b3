import { expect, test } from 'vitest'
import { startUpstreams, type Upstreams } from './support/upstreams.js'

const WITH_CONTENT = [
  {
    user_phone_number: '+14155552671',
    created_at: '2026-04-24T12:34:56Z',
    message_content: 'Hi Alex — your order is on the way!',
    message_status: { channel_message_id: 98765, message_status: 'DELIVERED', failure_reason: '' },
  },
  {
    user_phone_number: '+14155551234',
    created_at: '2026-04-24T12:30:10Z',
    message_content: 'Your verification code is 482910.',
    message_status: {
      channel_message_id: 98764,
      message_status: 'FAILED',
      failure_reason: { code: 470, title: 'Re-engagement window expired' },
    },
  },
]

const WITHOUT_CONTENT = {
  request_id: '5f0b9c8a-2d1e-4e9a-9c4b-3a2d1e4e9a9c',
  messages: [
    {
      message_id: 3851828,
      status: 'delivered',
      phone_number: '+15551234567',
      sent_at: '2026-04-24T10:23:45Z',
    },
    {
      message_id: 3851827,
      status: 'failed',
      phone_number: '+15557654321',
      sent_at: '2026-04-24T10:19:02Z',
      failure_reason: 'Recipient is not a WhatsApp user.',
    },
  ],
}

const LIST = `{ messages(filter: { source: { eq: "octo" } }) {
  nodes { upstreamId direction type rawType status text from to sentAt interactionId isRead failure { code reason } raw }
  sources { source { key } outcome completeness reachesBackTo }
} }`

async function answering(body: unknown): Promise<Upstreams> {
  const upstreams = await startUpstreams()
  upstreams.octopods.faults.next({ kind: 'status', status: 200, body })
  return upstreams
}

test('the list with contents comes out as documented', async () => {
  const { ask } = await answering(WITH_CONTENT)
  const { data, errors } = await ask(LIST)
  expect(errors).toEqual([])
  const common = {
    direction: 'OUTBOUND',
    type: 'TEMPLATE',
    rawType: null,
    from: null,
    interactionId: null,
    isRead: null,
  }
  expect(data).toEqual({
    messages: {
      nodes: [
        {
          ...common,
          upstreamId: '98765',
          status: 'DELIVERED',
          text: 'Hi Alex — your order is on the way!',
          to: '+14155552671',
          sentAt: '2026-04-24T12:34:56.000Z',
          failure: null,
          raw: WITH_CONTENT[0],
        },
        {
          ...common,
          upstreamId: '98764',
          status: 'FAILED',
          text: 'Your verification code is 482910.',
          to: '+14155551234',
          sentAt: '2026-04-24T12:30:10.000Z',
          failure: { code: '470', reason: 'Re-engagement window expired' },
          raw: WITH_CONTENT[1],
        },
      ],
      sources: [
        { source: { key: 'octo' }, outcome: 'OK', completeness: 'COMPLETE', reachesBackTo: null },
        { source: { key: 'shop' }, outcome: 'PRUNED', completeness: 'COMPLETE', reachesBackTo: null },
      ],
    },
  })
})

test('the list without contents comes out as documented', async () => {
  const { ask } = await answering(WITHOUT_CONTENT)
  const { data, errors } = await ask(LIST)
  expect(errors).toEqual([])
  expect(data).toMatchObject({
    messages: {
      nodes: [
        {
          upstreamId: '3851828',
          status: 'DELIVERED',
          text: null,
          to: '+15551234567',
          sentAt: '2026-04-24T10:23:45.000Z',
          failure: null,
          raw: WITHOUT_CONTENT.messages[0],
        },
        {
          upstreamId: '3851827',
          status: 'FAILED',
          failure: { code: null, reason: 'Recipient is not a WhatsApp user.' },
        },
      ],
    },
  })
})

test.each([
  [
    'the shorter',
    {
      request_id: 'abc123',
      message_id: 98765,
      status: 'DELIVERED',
      status_message: 'Your message has been delivered successfully.',
      channel_message_id: 'provider-id-here',
      intercom_conversation_id: '',
      intercom_conversation_part_id: '',
      last_updated: '2026-04-24T12:34:56Z',
    },
    { statusMessage: 'Your message has been delivered successfully.', deliveredAt: null, readAt: null },
  ],
  [
    'the longer',
    {
      request_id: 'b14f0e5a',
      message_id: 98765,
      status: 'delivered',
      phone_number: '+14155552671',
      channel_message_id: 'wamid.HBgNNTUx',
      sent_at: '2026-04-24T10:23:45Z',
      delivered_at: '2026-04-24T10:23:48Z',
      read_at: null,
      failure_reason: null,
    },
    { statusMessage: null, deliveredAt: '2026-04-24T10:23:48.000Z', readAt: null },
  ],
])('%s status of one message is its detail', async (_, status, detail) => {
  const { ask, octopods } = await answering(WITH_CONTENT.slice(0, 1))
  octopods.faults.next({ kind: 'status', status: 200, body: status })
  const { data, errors } = await ask(
    '{ messages(filter: { source: { eq: "octo" } }) { nodes { detail { statusMessage deliveredAt readAt replyToId mediaUrl staffId } } } }',
  )
  expect(errors).toEqual([])
  expect(data).toEqual({
    messages: { nodes: [{ detail: { ...detail, replyToId: null, mediaUrl: null, staffId: null } }] },
  })
})

test('a channel on which nothing was sent is empty, not an error', async () => {
  const { ask, octopods } = await startUpstreams()
  const body = { request_id: 'r', error_code: 2, error: 'Resource Not Found' }
  octopods.faults.next({ kind: 'status', status: 400, body })
  const { data, errors } = await ask(
    '{ messages(filter: { source: { eq: "octo" } }) { nodes { id } sources { outcome } } }',
  )
  expect(errors).toEqual([])
  expect(data).toMatchObject({ messages: { nodes: [], sources: [{ outcome: 'OK' }, { outcome: 'PRUNED' }] } })
})
