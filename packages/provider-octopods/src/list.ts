import type { CallOptions, ListRequest, ListResult } from '@waybill/core'
import { listEnvelope, type Envelope, type UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import { findList, type OctopodsReader } from './normalize.js'

/**
 * The newest messages, most recent first.
 *
 * @throws UpstreamError for all that goes wrong upstream; TypeError for a request that the capabilities rule out.
 */
export async function list(
  client: UpstreamClient,
  reader: OctopodsReader,
  source: string,
  request: ListRequest,
  call: CallOptions = {},
): Promise<ListResult> {
  const searchParams = { limit: String(limitOf(request)) }
  let hasRows = false
  const envelope = (body: unknown): Envelope => {
    const found = listEnvelope(body, findList(body)?.items ?? null)
    hasRows = found.hasRows
    return found
  }
  try {
    const body = await client.getJson('whatsapp/messages', { ...call, searchParams, envelope })
    const { figures, ...read } = reader.readList(body, source)
    return { ...read, parameters: [], page: figures }
  } catch (error) {
    // "Nothing was sent yet" beside messages is a contradiction, and no empty list.
    if (isNotFound(error) && !hasRows) return { messages: [], rejected: [], parameters: [] }
    throw error
  }
}

function limitOf({ filter, search, sort, page }: ListRequest): number {
  if (page.kind !== 'window') throw new TypeError(`Octopods is read by paging kind window, not ${page.kind}.`)
  if (filter.length > 0 || search !== null) throw new TypeError('Octopods can neither filter nor search.')
  if (sort.field !== 'createdAt' || sort.direction !== 'desc') {
    throw new TypeError('Octopods lists by createdAt in descending order only.')
  }
  return page.limit
}
