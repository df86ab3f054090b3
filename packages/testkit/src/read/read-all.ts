import type { ListResult, Message, PageRequest } from '@waybill/core'
import { ConformanceFailure } from '../check/conformance-failure.js'
import { expectSoundPage } from '../check/page.js'
import { firstPage, largestPage, requestFor, type Query } from './request.js'
import type { Stage } from './stage.js'

/** A list, read from its beginning to its end. */
export interface Reading {
  readonly messages: readonly Message[]
  /** Under paging by number the last one is empty. */
  readonly pages: readonly ListResult[]
}

/**
 * Reads on as each paging kind says: a window once, numbered pages until one is empty, cursors while there is more.
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
