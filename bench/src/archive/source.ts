import {
  type FilterClause,
  type ListResult,
  type Message,
  MESSAGE_FIELDS,
  type MessageProvider,
  type MessageSort,
} from '@waybill/core'
import type { Archive } from '@waybill/archive'
import { medianOf } from '../measure/median.ts'
import { wacr } from '@waybill/provider-wacr'
import { CHUNK, chunkOf, SOURCE } from './messages.ts'

/** All but the upstream's own object, which a statement by hand does not read either. */
const FIELDS = new Set(MESSAGE_FIELDS.filter((field) => field !== 'raw'))
const NEWEST_FIRST: MessageSort = { field: 'createdAt', direction: 'desc' }

/** The filled source. Nothing is asked of its upstream. */
export function archivedSource(archive: Archive): MessageProvider {
  const provider = wacr({ token: 'unused', baseUrl: 'http://127.0.0.1:1/api/v2' }, { source: SOURCE })
  return archive.source({ id: SOURCE, provider, maxStalenessMs: 0 })
}

/** So many generated messages, newest first, as a source with cursors. A cursor is the number of messages still to come. */
export function generatedProvider(count: number): MessageProvider {
  const { capabilities } = wacr({ token: 'unused', baseUrl: 'http://127.0.0.1:1/api/v2' }, { source: SOURCE })
  let chunk: readonly Message[] = []
  let chunkBegin = -1
  const messageAt = (index: number): Message[] => {
    const begin = index - (index % CHUNK)
    if (begin !== chunkBegin) {
      chunk = chunkOf(begin)
      chunkBegin = begin
    }
    const message = chunk[index - begin]
    return message === undefined ? [] : [message]
  }
  return {
    name: 'generated',
    capabilities: {
      ...capabilities,
      paging: { kind: 'cursor', maxPageSize: 500 },
      fields: { ...capabilities.fields, direction: { domain: { kind: 'text', nullable: false } } },
      sorts: [NEWEST_FIRST],
      search: 'none',
      maxSkewMs: 0,
    },
    list: async ({ page }) => {
      if (page.kind !== 'cursor') throw new TypeError('This source is read by cursors.')
      const left = page.after === null ? count : Number(page.after)
      const size = Math.min(page.limit, left)
      const messages = Array.from({ length: size }, (_, index) => messageAt(left - 1 - index)).flat()
      const cursors = messages.map((_, index) => String(left - 1 - index))
      return { messages, parameters: [], cursor: { cursors, hasNextPage: left > size, total: count } }
    },
  }
}

export interface Question {
  readonly search?: string
  readonly filter?: readonly FilterClause[]
  readonly after?: string | null
  readonly limit?: number
}

export function readPage(
  source: MessageProvider,
  { search, filter = [], after = null, limit = 50 }: Question,
): Promise<ListResult> {
  const page = { kind: 'cursor', after, limit } as const
  // What some messages lack is a question of its own, which a statement by hand does not answer either.
  const wanted = { fields: FIELDS, untold: false }
  return source.list({ filter, search: search ?? null, sort: NEWEST_FIRST, ...wanted, page })
}

const TURNS = 21

/** The median of how long something takes in milliseconds, once it was done before. */
export async function medianMs(work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) times.push(await msOf(work))
  return medianOf(times)
}

/** How long something takes in milliseconds. */
export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
