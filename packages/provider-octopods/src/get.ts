import type { CallOptions, SingleMessage } from '@waybill/core'
import { isRecordId, type UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import { readStatus } from './normalize.js'

/**
 * The status of one message; null when there is none, also for an id that Octopods cannot have, which costs no request.
 *
 * @throws UpstreamError for all that goes wrong upstream.
 */
export async function get(
  client: UpstreamClient,
  source: string,
  upstreamId: string,
  call: CallOptions = {},
): Promise<SingleMessage | null> {
  if (!isRecordId(upstreamId)) return null
  try {
    return readStatus(await client.getJson(`whatsapp/messages/${upstreamId}`, call), upstreamId, source)
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
