import type { CallOptions, ListRequest, ListResult, ProviderCapabilities } from '@waybill/core'
import { listEnvelope, type Envelope, type UpstreamClient } from '@waybill/http'
import { findList } from './envelope.js'
import { filterParameters, type QueryParameters } from './filter-parameters.js'
import type { WacrReader } from './normalize.js'
import { safeSearch } from './safe-search.js'
import { fieldsParameter } from './sparse-fields.js'

const SORTS = { createdAt: 'created_at', updatedAt: 'updated_at' }

/**
 * One page of the list.
 *
 * @throws UpstreamError for all that goes wrong upstream; TypeError for a request that the capabilities rule out.
 */
export async function list(
  client: UpstreamClient,
  reader: WacrReader,
  source: string,
  capabilities: ProviderCapabilities,
  request: ListRequest,
  call: CallOptions = {},
): Promise<ListResult> {
  const place = pageParameters(request)
  const filter = filterParameters(request.filter, capabilities.fields)
  if (filter === null) {
    const page = { total: 0, pageSize: null, lastPage: null, hasNextPage: false }
    return { messages: [], rejected: [], parameters: [], page }
  }
  const selection: QueryParameters = { ...filter, ...searchParameter(request), sort: sortParameter(request) }
  const fields = fieldsParameter(request.fields)
  const searchParams = { ...place, ...selection, ...(fields === null ? {} : { fields }) }
  const body = await client.getJson('messages', { ...call, searchParams, envelope })
  const { messages, rejected, report } = reader.readPage(body, source)
  return {
    // Without all its fields it is not the upstream's own object.
    messages: fields === null ? messages : messages.map((message) => ({ ...message, raw: null })),
    rejected,
    parameters: Object.entries(selection).map(([name, value]) => `${name}=${value}`),
    page: report,
  }
}

function envelope(body: unknown): Envelope {
  return listEnvelope(body, findList(body)?.items ?? null)
}

function pageParameters({ page }: ListRequest): QueryParameters {
  if (page.kind !== 'page') throw new TypeError(`WA.cr is read by paging kind page, not ${page.kind}.`)
  return { page: String(page.number), per_page: String(page.size) }
}

function searchParameter({ search }: ListRequest): QueryParameters {
  const part = search === null ? null : safeSearch(search)
  return part === null ? {} : { search: part }
}

function sortParameter({ sort }: ListRequest): string {
  return `${sort.direction === 'desc' ? '-' : ''}${SORTS[sort.field]}`
}
