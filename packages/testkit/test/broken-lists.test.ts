import {
  UpstreamError,
  type ListRequest,
  type ListResult,
  type Message,
  type MessageProvider,
  type PageReport,
} from '@waybill/core'
import { afterAll, expect, it } from 'vitest'
import { ConformanceFailure } from '../src/index.js'
import { answering, asking, confusing, flawed } from './support/flaws.js'
import { startReferenceUpstream } from './support/reference-upstream.js'
import { PAGINGS, referenceWorld, type Flaw } from './support/reference-world.js'
import { runCase } from './support/run-case.js'

const upstream = await startReferenceUpstream()

afterAll(() => upstream[Symbol.asyncDispose]())

type Row = readonly [provider: string, paging: keyof typeof PAGINGS, name: string, flaw: Flaw]

const STOPS_NO_OTHER = 'list: a row that cannot be read stops no other'

const FLAWS: readonly Row[] = [
  ['takes ne for eq', 'page', 'filter: status ne', confusing('ne', 'eq')],
  ['takes notIn for in', 'page', 'filter: type notIn', confusing('notIn', 'in')],
  ['takes gt for gte', 'page', 'filter: sentAt gt', confusing('gt', 'gte')],
  ['looks at the first value only', 'cursor', 'filter: from in', asking(firstValues)],
  ['leaves out all clauses but the last', 'page', 'filter: clauses on several fields', asking(lastClause)],
  ['lets a later clause win', 'page', 'filter: several clauses on one field', asking(lastClause)],
  ['searches in lower case only', 'page', 'search: a word in upper case', answering(caseful)],
  ['searches by words', 'page', 'search: characters of an address', asking(trimmed)],
  ['forgets the filter when it searches', 'window', 'search: together with a filter', asking(searchOnly)],
  ['drops the last row of a full page', 'page', 'page: every edge', answering(dropEdge)],
  ['drops the last row of a full window', 'window', 'window: exactly full', answering(dropEdge)],
  ['drops the last row before a cursor', 'cursor', 'cursor: every edge', answering(dropEdge)],
  ['sends a row twice', 'page', 'list: every row', answering(twice)],
  ['rounds the numbers of raw', 'page', 'raw: every value as it was sent, read as UTF-8', answering(rounded)],
  ['sends a row on two pages', 'page', 'page: every edge', asking(overlap)],
  ['counts one too many', 'page', 'page: total, page size and last page as declared', paging({ total: 99 })],
  [
    'says it served what it did not',
    'page',
    'page: total, page size and last page as declared',
    paging({ pageSize: 100 }),
  ],
  [
    'knows no last page',
    'page',
    'page: total, page size and last page as declared',
    paging({ lastPage: 12 }),
  ],
  [
    'promises a page behind the last one',
    'page',
    'page: total, page size and last page as declared',
    paging({ hasNextPage: true }),
  ],
  [
    'says it is another page',
    'page',
    'page: total, page size and last page as declared',
    paging({ number: 9 }),
  ],
  [
    'says it holds other rows',
    'page',
    'page: total, page size and last page as declared',
    paging({ span: { from: 91, to: 93 } }),
  ],
  ['hides the total', 'page', 'page: total, page size and last page as declared', paging({ total: null })],
  ['counts without the filter', 'page', 'filter: status eq', paging({ total: 96 })],
  ['counts too many behind a cursor', 'cursor', 'cursor: every edge', answering(cursorTotal)],
  ['promises a page after the last', 'cursor', 'cursor: an exactly full last page', answering(promise)],
  ['sorts the wrong way round', 'page', 'sort: created_at', asking(descending)],
  ['sorts by another time', 'page', 'sort: -updated_at', asking(byCreation)],
  ['sorts each page alone', 'page', 'sort: -created_at', answering(reversed)],
  ['shows the oldest', 'window', 'window: the newest only', asking(ascending)],
  ['reads on by position', 'cursor', 'cursor: holds while rows arrive', positions()],
  ['leaves out what was asked for', 'page', 'fields: each alone', answering(textless)],
  ['guesses the direction', 'page', 'list: every field of every row', answering(outbound)],
  ['shortens phone numbers', 'page', 'list: every field of every row', answering(bareNumbers)],
  ['knows other types', 'page', 'list: one row', answering(lowerCase)],
  ['keeps the sort for the next call', 'page', 'list: calls at the same time', remembering()],
  ['lets one row stop all', 'page', STOPS_NO_OTHER, flawed(strict)],
  ['leaves out a row that it cannot read', 'window', STOPS_NO_OTHER, answering(silent)],
  ['says of another row that it cannot be read', 'cursor', STOPS_NO_OTHER, answering(mistaken)],
  ['does not mind what it was not made for', 'page', 'refuses: filter to eq', asking(searchOnly)],
  ['takes any sort', 'page', 'refuses: sort updated_at', asking(descending)],
]

it.each(FLAWS)('fails a provider that %s (paging kind %s): %s', async (_provider, kind, name, flaw) => {
  const world = referenceWorld(upstream, PAGINGS[kind], flaw)
  await expect(runCase(world, name)).rejects.toThrow(ConformanceFailure)
})

function strict({ list }: MessageProvider): Partial<MessageProvider> {
  return {
    list: async (request, call) => {
      const result = await list(request, call)
      const [first] = result.rejected ?? []
      if (first === undefined) return result
      throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', first.reason, { source: 'conformance-source' })
    },
  }
}

function silent({ rejected: _forgotten, ...result }: ListResult): ListResult {
  return result
}

function mistaken(result: ListResult): ListResult {
  return { ...result, rejected: result.rejected?.map((row) => ({ ...row, position: 1 })) }
}

function firstValues(request: ListRequest): ListRequest {
  const filter = request.filter.map((clause) =>
    'values' in clause ? { ...clause, values: clause.values.slice(0, 1) } : clause,
  )
  return { ...request, filter }
}

function lastClause(request: ListRequest): ListRequest {
  return { ...request, filter: request.filter.slice(-1) }
}

function searchOnly(request: ListRequest): ListRequest {
  return { ...request, filter: [] }
}

function trimmed(request: ListRequest): ListRequest {
  return { ...request, search: request.search?.replaceAll(/\W+/g, ' ') ?? null }
}

function descending(request: ListRequest): ListRequest {
  return { ...request, sort: { ...request.sort, direction: 'desc' } }
}

function ascending(request: ListRequest): ListRequest {
  return { ...request, sort: { ...request.sort, direction: 'asc' } }
}

function byCreation(request: ListRequest): ListRequest {
  return { ...request, sort: { ...request.sort, field: 'createdAt' } }
}

/** Rows per page are right; what is skipped before them is not. */
function overlap(request: ListRequest): ListRequest {
  const { page } = request
  return page.kind !== 'page' || page.number !== 3 ? request : { ...request, page: { ...page, number: 2 } }
}

function caseful(result: ListResult, { search }: ListRequest): ListResult {
  const found = result.messages.filter(({ text }) => search === null || text?.includes(search.toLowerCase()))
  return { ...result, messages: found }
}

function dropEdge(result: ListResult, { page }: ListRequest): ListResult {
  const { messages, cursor } = result
  const full = messages.length === (page.kind === 'page' ? page.size : page.limit)
  if (!full || messages.length < 2) return result
  const dropped = { ...result, messages: messages.slice(0, -1) }
  return cursor === undefined
    ? dropped
    : { ...dropped, cursor: { ...cursor, cursors: cursor.cursors.slice(1) } }
}

function twice(result: ListResult): ListResult {
  return { ...result, messages: [...result.messages, ...result.messages.slice(0, 1)] }
}

function reversed(result: ListResult): ListResult {
  return { ...result, messages: result.messages.toReversed() }
}

function paging(figures: Partial<PageReport>): Flaw {
  return answering((result) => ({
    ...result,
    page: { total: null, pageSize: null, lastPage: null, ...result.page, ...figures },
  }))
}

function cursorTotal(result: ListResult): ListResult {
  const { cursor } = result
  return cursor === undefined ? result : { ...result, cursor: { ...cursor, total: 99 } }
}

function promise(result: ListResult): ListResult {
  const { cursor } = result
  return cursor === undefined
    ? result
    : { ...result, cursor: { ...cursor, hasNextPage: result.messages.length > 0 } }
}

/** Numbers the rows instead of saying where they stand, by which an arrival moves all of them. */
function positions(): Flaw {
  return flawed((sound) => ({
    list: async (request, call) => {
      const after = request.page.kind === 'cursor' ? request.page.after : null
      const limit = request.page.kind === 'cursor' ? request.page.limit : 1
      const start = Number(after ?? 0)
      const place = { kind: 'cursor', after: null, limit: start + limit } as const
      const result = await sound.list({ ...request, page: place }, call)
      const messages = result.messages.slice(start)
      const cursors = messages.map((_, index) => String(start + index + 1))
      return { ...result, messages, cursor: { hasNextPage: false, total: 7, ...result.cursor, cursors } }
    },
  }))
}

function remembering(): Flaw {
  let last: ListRequest | undefined
  return asking((request) => {
    const before = last ?? request
    last = request
    return { ...request, page: before.page }
  })
}

function each(change: (message: Message) => Message): (result: ListResult) => ListResult {
  return (result) => ({ ...result, messages: result.messages.map(change) })
}

function textless(result: ListResult, { fields }: ListRequest): ListResult {
  return fields === null ? result : each((message) => ({ ...message, text: null }))(result)
}

function outbound(result: ListResult): ListResult {
  return each((message) => ({ ...message, direction: 'OUTBOUND' }))(result)
}

function bareNumbers(result: ListResult): ListResult {
  return each((message) => ({ ...message, from: message.from?.slice(3) ?? null }))(result)
}

function lowerCase(result: ListResult): ListResult {
  return each((message) => ({ ...message, type: 'sticker' as 'STICKER' }))(result)
}

function rounded(result: ListResult): ListResult {
  const messages = result.messages.map((message) => ({
    ...message,
    raw: JSON.parse(JSON.stringify(message.raw)) as unknown,
  }))
  return { ...result, messages }
}
