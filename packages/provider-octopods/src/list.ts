import type { CallOptions, ListRequest, ListResult } from '@waybill/core'
import type { UpstreamClient } from '@waybill/http'
import { isNotFound } from './failures.js'
import { readList } from './normalize.js'

/**
 * The newest messages, most recent first.
 *
 * @throws UpstreamError for all that goes wrong upstream; TypeError for a request that the capabilities rule out.
 */
export async function list(
  client: UpstreamClient,
  source: string,
  request: ListRequest,
  call: CallOptions = {},
): Promise<ListResult> {
  const searchParams = { limit: String(limitOf(request)) }
  try {
    const body = await client.getJson('whatsapp/messages', { ...call, searchParams })
    return { messages: readList(body, source), parameters: [] }
  } catch (error) {
    if (isNotFound(error)) return { messages: [], parameters: [] }
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
