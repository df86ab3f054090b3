import type {
  CallOptions,
  ListRequest,
  ListResult,
  Message,
  PageRequest,
  ProviderCapabilities,
} from '@waybill/core'
import { ConformanceFailure } from '../check/conformance-failure.js'
import { expectSoundPage } from '../check/page.js'
import type { Stage } from './stage.js'

/** One call of the provider. */
export interface Read {
  /** Of the method. */
  readonly name: string
  call(options?: CallOptions): Promise<unknown>
}

/** The calls that may go upstream, both for what is there. */
export function readsOf({ provider, capabilities, rows, idOf }: Stage): Read[] {
  const list: Read = { name: 'list', call: (options) => provider.list(requestFor(capabilities, {}), options) }
  const [row] = rows
  const get = provider.get?.bind(provider)
  if (get === undefined || row === undefined) return [list]
  return [list, { name: 'get', call: (options) => get(idOf(row), options) }]
}

/** All calls that a provider has, those for what it has at hand as well. */
export function callsOf(stage: Stage): Read[] {
  const { provider, rows, idOf } = stage
  const [row] = rows
  const find = provider.find?.bind(provider)
  const history = provider.history?.bind(provider)
  const count = provider.count?.bind(provider)
  const everything = { filter: [], search: null, by: [], timeZone: 'UTC' } as const
  return [
    ...readsOf(stage),
    ...(find === undefined || row === undefined
      ? []
      : [{ name: 'find', call: (options?: CallOptions) => find(idOf(row), options) }]),
    ...(count === undefined
      ? []
      : [{ name: 'count', call: (options?: CallOptions) => count(everything, options) }]),
    ...(history === undefined ? [] : [{ name: 'history', call: history }]),
  ]
}

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

/** A list, read from its beginning to its end. */
export interface Reading {
  readonly messages: readonly Message[]
  /** Under paging by number the last one is empty. */
  readonly pages: readonly ListResult[]
}

/**
 * Reads on as each paging kind requires: a window once, numbered pages until one is empty, cursors while there is more.
 *
 * @throws ConformanceFailure for a page that is not sound, or a list without an end.
 */
export async function readAll(stage: Stage, query: Query = {}, size?: number): Promise<Reading> {
  const pages: ListResult[] = []
  let place: PageRequest | null = firstPage(stage.capabilities, size ?? largestPage(stage.capabilities))
  while (place !== null) {
    const page: ListResult = await readPage(stage, query, place)
    pages.push(page)
    place = nextPlace(place, page)
    if (pages.length > stage.rows.length + 2) {
      const found = `more pages than rows (${stage.rows.length})`
      throw new ConformanceFailure('reading on', { expected: 'an end of the list', found })
    }
  }
  return { pages, messages: pages.flatMap(({ messages }) => messages) }
}

/** One page. @throws ConformanceFailure where it is not sound. */
export async function readPage(stage: Stage, query: Query, place: PageRequest): Promise<ListResult> {
  const request = requestFor(stage.capabilities, query, place)
  const page = await stage.provider.list(request)
  expectSoundPage(page, request)
  return page
}

function nextPlace(place: PageRequest, { messages, rejected = [], cursor }: ListResult): PageRequest | null {
  if (place.kind === 'window') return null
  const isEmpty = messages.length + rejected.length === 0
  if (place.kind === 'page') return isEmpty ? null : { ...place, number: place.number + 1 }
  const after = cursor?.cursors.at(-1)
  return cursor?.hasNextPage === true && after !== undefined ? { ...place, after } : null
}
