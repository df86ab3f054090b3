import { expect, test } from 'vitest'
import { startOctopodsEmulator } from '../../src/index.js'
import { closeAfterEach, getOctopods } from '../support/get.js'
import { octopodsRow } from '../support/rows.js'

const started = closeAfterEach()

const ROW = octopodsRow(3851828, {
  phoneNumber: '+15551234567',
  status: 'DELIVERED',
  channelMessageId: 'wamid.HBgNNTUx',
  createdAt: Date.UTC(2026, 3, 24, 10, 23, 45),
  deliveredAt: Date.UTC(2026, 3, 24, 10, 23, 48),
  updatedAt: Date.UTC(2026, 3, 24, 10, 23, 48),
})

test('a status in shape 1 is the documented one, with the id of the provider', async () => {
  const octopods = await started(startOctopodsEmulator({ rows: [ROW] }))
  expect((await getOctopods(octopods, '/whatsapp/messages/3851828')).json).toStrictEqual({
    request_id: expect.any(String),
    message_id: 3851828,
    status: 'DELIVERED',
    status_message: 'Your message has been delivered successfully.',
    channel_message_id: 'wamid.HBgNNTUx',
    intercom_conversation_id: '',
    intercom_conversation_part_id: '',
    last_updated: '2026-04-24T10:23:48Z',
  })
})

test('a status in shape 2 is the documented one', async () => {
  const octopods = await started(startOctopodsEmulator({ rows: [ROW], statusShape: 2 }))
  expect((await getOctopods(octopods, '/whatsapp/messages/3851828')).json).toStrictEqual({
    request_id: expect.any(String),
    message_id: 3851828,
    status: 'delivered',
    phone_number: '+15551234567',
    channel_message_id: 'wamid.HBgNNTUx',
    sent_at: '2026-04-24T10:23:45Z',
    delivered_at: '2026-04-24T10:23:48Z',
    read_at: null,
    failure_reason: null,
  })
})

test('a failure has both shapes', async () => {
  const row = octopodsRow(1, { status: 'FAILED', failure: { code: 470, title: 'Window expired' } })
  const octopods = await started(startOctopodsEmulator({ rows: [row] }))
  expect((await getOctopods(octopods, '/whatsapp/messages/1')).json).toMatchObject({
    status_message: 'Window expired',
  })
  octopods.settings.statusShape = 2
  expect((await getOctopods(octopods, '/whatsapp/messages/1')).json).toMatchObject({
    failure_reason: 'Window expired',
  })
})
