/** The bodies that Octopods' articles show, shape by shape. */
export const LIST_A: unknown = [
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

export const LIST_B: unknown = {
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

export const STATUS_1: unknown = {
  request_id: 'abc123',
  message_id: 98765,
  status: 'DELIVERED',
  status_message: 'Your message has been delivered successfully.',
  channel_message_id: 'provider-id-here',
  intercom_conversation_id: '',
  intercom_conversation_part_id: '',
  last_updated: '2026-04-24T12:34:56Z',
}

export const STATUS_2: unknown = {
  request_id: 'b14f0e5a',
  message_id: 3851828,
  status: 'delivered',
  phone_number: '+15551234567',
  channel_message_id: 'wamid.HBgNNTUx',
  sent_at: '2026-04-24T10:23:45Z',
  delivered_at: '2026-04-24T10:23:48Z',
  read_at: null,
  failure_reason: null,
}
