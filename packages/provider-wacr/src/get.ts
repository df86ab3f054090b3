import type { CallOptions, SingleMessage } from '@waybill/core'
import { isRecordId, messageEnvelope, type Envelope, type UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import type { WacrReader } from './normalize.js'

/**
 * One message; null if it does not exist. An id that WA.cr cannot have costs no request.
 *
 * @throws UpstreamError for all that goes wrong upstream.
 */
export async function get(
  client: UpstreamClient,
  reader: WacrReader,
  source: string,
  upstreamId: string,
  call: CallOptions = {},
): Promise<SingleMessage | null> {
  if (!isRecordId(upstreamId)) return null
  try {
    const body = await client.getJson(`messages/${upstreamId}`, { ...call, envelope })
    return reader.readSingle(body, upstreamId, source)
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

function envelope(body: unknown): Envelope {
  const others = ['sent_at', 'type', 'sender_id', 'interaction_id', 'message_id', 'is_read', 'status_message']
  return messageEnvelope(body, { id: 'id', others })
}
