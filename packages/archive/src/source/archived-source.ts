import {
  type CallOptions,
  type CountRequest,
  type CountResult,
  type ListPiece,
  type ListRequest,
  type ListResult,
  type MessageProvider,
  printClause,
  printMessageSort,
  type SingleMessage,
  type StreamRequest,
} from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { callDatabase } from '../database/unavailable.js'
import { readCursor, writeCursor } from '../query/cursor.js'
import { countGroups } from '../query/count-groups.js'
import { readPage } from '../query/read-page.js'
import { untoldParties } from '../query/untold-parties.js'
import { toSearchTerm } from '../query/conditions.js'
import type { Selection } from '../query/selection.js'
import type { ArchiveStore } from '../store/archive-store.js'
import { readArchiveRecords } from './archive-records.js'
import { archivedCapabilities, MAX_PAGE_SIZE, expectDeclared } from './capabilities.js'
import { reportHistory } from './history.js'
import { streamList } from './stream-list.js'

/** A source whose archived history is read. */
export interface ArchivedSourceOptions {
  /** The source's id from the configuration. */
  readonly id: string
  /** What reads it upstream: it says which values there can be, and is asked for what is not archived. */
  readonly provider: MessageProvider
  /** How old what is stored may be, in milliseconds. */
  readonly maxStalenessMs: number
  /**
   * Brings the newest messages in; called before a list is begun when they were last brought in longer ago than that.
   * It has to come to its end in a time that a reader would wait. The list is read even if it fails.
   */
  readonly refresh?: ((signal?: AbortSignal) => Promise<void>) | undefined
}

/** A source that is read from its archive: it filters, searches, sorts and counts everything by itself. */
export function createArchivedSource(
  database: ArchiveDatabase,
  store: ArchiveStore,
  { id, provider, maxStalenessMs, refresh }: ArchivedSourceOptions,
): MessageProvider {
  const capabilities = archivedCapabilities(provider.capabilities)

  // It only ever grows: while the one that was read last is fresh enough, the database need not be asked.
  let syncedAt: number | null = null
  const isFresh = (): boolean => syncedAt !== null && Date.now() - syncedAt <= maxStalenessMs

  async function refreshIfStale(signal: AbortSignal | undefined): Promise<void> {
    if (refresh === undefined || isFresh()) return
    const { lastSyncedAt } = await store.progress(id)
    syncedAt = lastSyncedAt
    if (isFresh()) return
    try {
      await refresh(signal)
    } catch {
      // What is stored is still the best that can be had; the history says that it is late.
    }
    signal?.throwIfAborted()
  }

  async function list(request: ListRequest, { signal }: CallOptions = {}): Promise<ListResult> {
    const { filter, sort, fields, page, untold = true } = request
    if (page.kind !== 'cursor') throw new TypeError('An archive is read by cursors.')
    expectDeclared(capabilities, filter)
    signal?.throwIfAborted()
    const after = page.after === null ? null : readCursor(sort, page.after)
    if (after === null) await refreshIfStale(signal)
    return callDatabase(
      async () => {
        const selection = selectionOf(request)
        const limit = Math.min(page.limit, MAX_PAGE_SIZE)
        const withRaw = fields === null || fields.has('raw')
        const part = { sort, after, limit }
        const { messages, places, hasNextPage } = await readPage(database, selection, part, withRaw, signal)
        return {
          messages,
          parameters: [...parametersOf(request), `sort=${printMessageSort(sort)}`],
          cursor: {
            cursors: places.map((place) => writeCursor(sort, place)),
            hasNextPage,
            total: page.total === true ? await countAll(selection, signal) : null,
            untold: untold ? await untoldParties(database, selection, signal) : [],
          },
        }
      },
      { source: id, signal },
    )
  }

  async function* stream(
    request: StreamRequest,
    { signal }: CallOptions = {},
  ): AsyncGenerator<ListPiece, void> {
    expectDeclared(capabilities, request.filter)
    signal?.throwIfAborted()
    if (request.after === null) await refreshIfStale(signal)
    const pieces = streamList(database, selectionOf(request), request, signal)
    for (;;) {
      const next = await callDatabase(() => pieces.next(), { source: id, signal })
      if (next.done === true) return
      yield next.value
    }
  }

  /** From the archive where it was requested under the status that the message has now, else from the upstream. */
  async function get(upstreamId: string, call: CallOptions = {}): Promise<SingleMessage | null> {
    call.signal?.throwIfAborted()
    const record = (await readArchiveRecords(database, id, [upstreamId])).get(upstreamId)
    const stored = (await store.stored(id, [upstreamId])).get(upstreamId)
    return record?.isDetailCurrent === true && record.detail !== null && stored !== undefined
      ? { message: stored.message, detail: record.detail }
      : ((await provider.get?.(upstreamId, call)) ?? null)
  }

  async function count(request: CountRequest, { signal }: CallOptions = {}): Promise<CountResult> {
    expectDeclared(capabilities, request.filter)
    signal?.throwIfAborted()
    await refreshIfStale(signal)
    return callDatabase(
      async () => {
        const selection = selectionOf(request)
        return {
          groups: await countGroups(database, selection, request, signal),
          parameters: parametersOf(request),
          untold: await untoldParties(database, selection, signal),
        }
      },
      { source: id, signal },
    )
  }

  async function countAll(selection: Selection, signal: AbortSignal | undefined): Promise<number> {
    const [all] = await countGroups(database, selection, { by: [], timeZone: 'UTC' }, signal)
    return all?.count ?? 0
  }

  function selectionOf({ filter, search }: Pick<ListRequest, 'filter' | 'search'>): Selection {
    return { source: id, filter, search: toSearchTerm(search, database.dialect) }
  }

  return {
    name: provider.name,
    capabilities,
    list,
    stream,
    count,
    find: async (upstreamId, { signal } = {}) => {
      signal?.throwIfAborted()
      return (await store.stored(id, [upstreamId])).get(upstreamId)?.message ?? null
    },
    history: async ({ signal } = {}) => {
      signal?.throwIfAborted()
      const progress = await store.progress(id)
      const { count: rejectedCount } = await store.rejectedCount(id)
      const known = await store.coverage(id)
      return reportHistory({ ...known, ...progress, rejectedCount }, maxStalenessMs, Date.now())
    },
    ...(provider.get === undefined ? {} : { get }),
  }
}

function parametersOf({ filter, search }: Pick<ListRequest, 'filter' | 'search'>): string[] {
  return [...filter.map(printClause), ...(search === null ? [] : [`search=${search}`])]
}
