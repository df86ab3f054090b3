import type { CallOptions, SingleMessage } from '@waybill/core'
import { isRecordId, type UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import { readSingle } from './normalize.js'

/**
 * One message; null when there is none, also for an id that WA.cr cannot have, which costs no request.
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
    return readSingle(await client.getJson(`messages/${upstreamId}`, call), upstreamId, source)
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
