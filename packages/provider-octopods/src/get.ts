import type { CallOptions, SingleMessage } from '@waybill/core'
import { isRecordId, messageEnvelope, type Envelope, type UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import type { OctopodsReader } from './normalize.js'

/**
 * The status of one message; null if it does not exist. An id that Octopods cannot have costs no request.
 *
 * @throws UpstreamError for all that goes wrong upstream.
 */
export async function get(
  client: UpstreamClient,
  reader: OctopodsReader,
  source: string,
  upstreamId: string,
  call: CallOptions = {},
): Promise<SingleMessage | null> {
  if (!isRecordId(upstreamId)) return null
  try {
    const body = await client.getJson(`whatsapp/messages/${upstreamId}`, { ...call, envelope })
    return reader.readStatus(body, upstreamId, source)
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

function envelope(body: unknown): Envelope {
  const others = ['status_message', 'channel_message_id', 'phone_number', 'sent_at', 'failure_reason']
  return messageEnvelope(body, { id: 'message_id', others })
}
