import type { WacrEnvelope, WacrRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { startUpstreams } from './support/upstreams.js'

const SENT = Date.parse('2026-04-24T12:34:56Z')

const ROW: WacrRow = {
  id: 17,
  interactionId: 5,
  senderId: '14155552671',
  type: 'template',
  message: '<b>Hello</b> — 50 % off',
  status: 'failed',
  messageId: 'wamid.HBgNNTUx',
  createdAt: SENT,
  updatedAt: SENT,
  timeSent: null,
  isRead: true,
  direction: 'outbound',
  statusMessage: 'Re-engagement window expired',
  refMessageId: 'wamid.HBgNNTUw',
  url: 'https://media.example/17.jpg',
  staffId: 3,
}

const ROWS: readonly WacrRow[] = [
  ROW,
  {
    ...ROW,
    id: 16,
    createdAt: SENT - 1000,
    interactionId: null,
    senderId: null,
    type: null,
    message: null,
    status: null,
    messageId: null,
    isRead: false,
    direction: 'inbound',
  },
  { ...ROW, id: 15, createdAt: SENT - 2000, senderId: 'lead_7', type: 'poll', status: 'queued' },
]

const LIST = `{ messages(filter: { source: { eq: "shop" } }) { nodes {
  upstreamId whatsappId direction type rawType status text from to interactionId isRead sentAt
} } }`

const EXPECTED = [
  {
    upstreamId: '17',
    whatsappId: 'wamid.HBgNNTUx',
    direction: 'OUTBOUND',
    type: 'TEMPLATE',
    rawType: 'template',
    status: 'FAILED',
    text: '<b>Hello</b> — 50 % off',
    from: '+14155552671',
    to: null,
    interactionId: '5',
    isRead: true,
    sentAt: '2026-04-24T12:34:56.000Z',
  },
  {
    upstreamId: '16',
    whatsappId: null,
    direction: 'INBOUND',
    type: null,
    rawType: null,
    status: null,
    text: null,
    from: null,
    to: null,
    interactionId: null,
    isRead: false,
    sentAt: '2026-04-24T12:34:55.000Z',
  },
  expect.objectContaining({
    upstreamId: '15',
    from: 'lead_7',
    type: 'OTHER',
    rawType: 'poll',
    status: 'UNKNOWN',
  }),
]

const ENVELOPES: readonly WacrEnvelope[] = ['array', 'data', 'data-meta', 'data-pagination', 'root', 'nested']

test.each(
  ENVELOPES.flatMap((envelope) => [
    { envelope, totals: true, wrapper: false, numbersAsStrings: false },
    { envelope, totals: false, wrapper: true, numbersAsStrings: false },
    { envelope, totals: true, wrapper: true, numbersAsStrings: true },
  ]),
)('the same messages come out of %o', async (settings) => {
  const { ask } = await startUpstreams({ wacr: { ...settings, rows: ROWS } })
  const { data, errors } = await ask(LIST)
  expect(errors).toEqual([])
  expect(data).toEqual({ messages: { nodes: EXPECTED } })
})

test.each(['bare', 'data'] as const)(
  'the detail of a message comes out of the envelope "%s"',
  async (detailEnvelope) => {
    const { ask } = await startUpstreams({ wacr: { detailEnvelope, rows: [ROW] } })
    const { data, errors } = await ask(
      '{ messages(filter: { source: { eq: "shop" } }) { nodes { detail { statusMessage replyToId mediaUrl staffId deliveredAt readAt } } } }',
    )
    expect(errors).toEqual([])
    expect(data).toEqual({
      messages: {
        nodes: [
          {
            detail: {
              statusMessage: 'Re-engagement window expired',
              replyToId: 'wamid.HBgNNTUw',
              mediaUrl: 'https://media.example/17.jpg',
              staffId: '3',
              deliveredAt: null,
              readAt: null,
            },
          },
        ],
      },
    })
  },
)

test('fields that nobody knows are in raw', async () => {
  const rows = [{ ...ROW, extra: { campaign: 'spring', nested: { a: [1] } } }]
  const { ask } = await startUpstreams({ wacr: { rows } })
  const { data } = await ask('{ messages(filter: { source: { eq: "shop" } }) { nodes { raw } } }')
  expect(data).toMatchObject({
    messages: { nodes: [{ raw: { id: 17, message: ROW.message, campaign: 'spring', nested: { a: [1] } } }] },
  })
})

test('only the fields that a query needs are transferred, unless it wants the raw object', async () => {
  const { ask, wacr } = await startUpstreams({ wacr: { rows: [ROW] } })
  await ask('{ messages(filter: { source: { eq: "shop" } }) { nodes { id text } } }')
  expect(wacr.log.at(-1)?.params['fields']?.split(',').toSorted()).toEqual(['id', 'message', 'sent_at'])
  await ask('{ messages(filter: { source: { eq: "shop" } }) { nodes { raw } } }')
  expect(wacr.log.at(-1)?.params['fields']).toBeUndefined()
})
