import { describe, expect, test } from 'vitest'
import { startOctopodsEmulator, type OctopodsRow } from '../../src/index.js'
import { closeAfterEach, getOctopods } from '../support/get.js'
import { octopodsRow, octopodsRows } from '../support/rows.js'

const started = closeAfterEach()

const DELIVERED: OctopodsRow = octopodsRow(98765, {
  phoneNumber: '+14155552671',
  createdAt: Date.UTC(2026, 3, 24, 12, 34, 56),
  content: 'Hi Alex — your order is on the way!',
  status: 'DELIVERED',
})
const FAILED: OctopodsRow = octopodsRow(98764, {
  phoneNumber: '14155551234',
  createdAt: Date.UTC(2026, 3, 24, 12, 30, 10),
  content: 'Your verification code is 482910.',
  status: 'FAILED',
  failure: { code: 470, title: 'Re-engagement window expired' },
})

describe('the list', () => {
  test('is the documented bare array in shape A', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: [FAILED, DELIVERED] }))
    const answer = await getOctopods(octopods, '/whatsapp/messages')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.json).toStrictEqual([
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
    ])
  })

  test('is the documented envelope without contents in shape B', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: [DELIVERED, FAILED], listShape: 'B' }))
    expect((await getOctopods(octopods, '/whatsapp/messages')).json).toStrictEqual({
      request_id: expect.any(String),
      messages: [
        {
          message_id: 98765,
          status: 'delivered',
          phone_number: '+14155552671',
          sent_at: '2026-04-24T12:34:56Z',
        },
        {
          message_id: 98764,
          status: 'failed',
          phone_number: '+14155551234',
          sent_at: '2026-04-24T12:30:10Z',
          failure_reason: 'Re-engagement window expired',
        },
      ],
    })
  })

  test.each([
    ['', 100],
    ['?limit=3', 3],
    ['?limit=100', 100],
    ['?limit=5000', 100],
    ['?limit=0', 100],
    ['?limit=many', 100],
  ])('with %j holds the newest %i', async (query, length) => {
    const octopods = await started(startOctopodsEmulator({ rows: octopodsRows(130), listShape: 'B' }))
    const { json } = await getOctopods(octopods, `/whatsapp/messages${query}`)
    const messages = Array.from({ length }, (_, position) => ({ message_id: 130 - position }))
    expect(json).toMatchObject({ messages })
  })

  test('knows no parameter but the limit, and logs the others', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: octopodsRows(3) }))
    const { json } = await getOctopods(octopods, '/whatsapp/messages?page=2&limit=2&offset=1')
    expect(json).toHaveLength(2)
    expect(octopods.log[0]?.ignored).toStrictEqual(['page=2', 'offset=1'])
  })
})

describe('numbers', () => {
  test.each([
    ['with', ['+12125550147', '+12125550147']],
    ['without', ['12125550147', '12125550147']],
    ['mixed', ['+12125550147', '12125550147']],
  ] as const)('of recipients are written %s the plus sign', async (plusSign, phones) => {
    const octopods = await started(startOctopodsEmulator({ rows: octopodsRows(2), plusSign }))
    const { json } = await getOctopods(octopods, '/whatsapp/messages')
    expect(json).toMatchObject(phones.map((user_phone_number) => ({ user_phone_number })))
  })

  test('are sent as text when the settings demand it', async () => {
    const octopods = await started(startOctopodsEmulator({ rows: [FAILED], numbersAsStrings: true }))
    expect((await getOctopods(octopods, '/whatsapp/messages')).json).toMatchObject([
      { message_status: { channel_message_id: '98764', failure_reason: { code: '470' } } },
    ])
  })
})
