import type { ListRequest, PageRequest, ProviderCapabilities } from '@waybill/core'

/** What is asked for beside the place in the list. */
export type Query = Partial<Omit<ListRequest, 'page'>>

/** A request in the first order that the provider declares, for every row and all fields. */
export function requestFor(
  capabilities: ProviderCapabilities,
  query: Query,
  page?: PageRequest,
): ListRequest {
  const sort = capabilities.sorts[0] ?? { field: 'createdAt', direction: 'desc' }
  return {
    filter: [],
    search: null,
    sort,
    fields: null,
    page: page ?? firstPage(capabilities, largestPage(capabilities)),
    ...query,
  }
}

/** The beginning of the list. */
export function firstPage({ paging }: ProviderCapabilities, size: number): PageRequest {
  if (paging.kind === 'window') return { kind: 'window', limit: size }
  if (paging.kind === 'page') return { kind: 'page', number: 1, size }
  return { kind: 'cursor', after: null, limit: size, total: true }
}

/** The most that one request may ask for. */
export function largestPage({ paging }: ProviderCapabilities): number {
  return paging.kind === 'window' ? paging.maxItems : paging.maxPageSize
}
