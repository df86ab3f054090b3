import type { MessageField, TimeRange } from '@waybill/core'
import type { MessagePage } from '@waybill/engine'
import {
  type Doubt,
  findTimeShifts,
  type HistoryMessage,
  LARGEST_SHIFT_MS,
  type LogEntry,
  type ReconcileOptions,
  type TimeShift,
  toHistoryMessage,
} from '@waybill/reconcile'
import { breathing } from './breathing.js'
import { type ComparedSource, engineOf, PAGE_SIZE } from './compared-source.js'
import { patiently, type Patience } from './patiently.js'
import type { WorkStore } from './work-store.js'

/** What a shift is looked for in. */
export interface ShiftSearch extends Patience {
  /** The span of the messages in the store. */
  readonly range: TimeRange
  readonly sources: readonly ComparedSource[]
  readonly settings: Pick<ReconcileOptions, 'window' | 'since' | 'until'>
  readonly doubts: readonly Doubt[]
  /** The most messages before and after that span which are read. */
  readonly maxMessages: number
}

const FIELDS: readonly MessageField[] = ['direction', 'sentAt', 'text', 'to', 'contact']

/**
 * Looks for a constant shift between the times of a log and those of the history, both of which are in the store. Archives are
 * read further for it, by the largest shift in both directions; an upstream is not, since that would cost requests for a
 * mere hint.
 *
 * @throws WaybillError ARCHIVE_UNAVAILABLE; the reason of the signal.
 */
export async function findShiftsIn(store: WorkStore, search: ShiftSearch): Promise<readonly TimeShift[]> {
  const { range, sources, settings, doubts, signal } = search
  // Without numbers and texts, there is nothing to go by.
  if (!sources.every(({ withContent }) => withContent)) return []
  const { window, since, until } = settings
  const messages = (): AsyncIterable<HistoryMessage> => breathing(store.messages(), signal)
  const findIn = (read: TimeRange, within: AsyncIterable<HistoryMessage>): Promise<readonly TimeShift[]> =>
    findTimeShifts(
      { entries: timedEntries(store, signal), messages: within },
      { window, since, until, doubts, read },
    )
  if (sources.some(({ archive }) => archive === null)) return findIn(range, messages())
  const read = { from: range.from - LARGEST_SHIFT_MS, to: range.to + LARGEST_SHIFT_MS }
  const further = new FurtherMessages(search)
  async function* all(): AsyncGenerator<HistoryMessage, void, undefined> {
    yield* further.within({ from: read.from, to: range.from - 1 })
    yield* messages()
    yield* further.within({ from: range.to + 1, to: read.to })
  }
  const found = await findIn(read, all())
  return further.isCut ? findIn(range, messages()) : found
}

/** The entries that have a time in the log. */
async function* timedEntries(
  store: WorkStore,
  signal: AbortSignal,
): AsyncGenerator<LogEntry, void, undefined> {
  const { hasUntimed } = store.outline()
  for await (const entry of breathing(store.entries(), signal))
    if (!hasUntimed || store.isTimed(entry.entry)) yield entry
}

/** Messages of archives beyond the span that was compared, as far as they are needed here, up to a number of them. */
class FurtherMessages {
  /** Whether some were left out. */
  isCut = false
  readonly #search: ShiftSearch
  #left: number

  constructor(search: ShiftSearch) {
    this.#search = search
    this.#left = search.maxMessages
  }

  /** In order of time, one source after the other. */
  async *within({ from, to }: TimeRange): AsyncGenerator<HistoryMessage, void, undefined> {
    for (const read of this.#search.sources) {
      const engine = engineOf(read)
      let after: string | null = null
      do {
        if (this.#left <= 0) this.isCut = true
        if (this.isCut) return
        const cursor: string | null = after
        const page: MessagePage = await patiently<MessagePage>(
          () =>
            engine.messages({
              filter: [
                { field: 'sentAt', operator: 'gte', value: from },
                { field: 'sentAt', operator: 'lte', value: to },
              ],
              sort: { field: 'createdAt', direction: 'asc' },
              first: PAGE_SIZE,
              after: cursor,
              fields: new Set(FIELDS),
              reports: false,
              signal: this.#search.signal,
            }),
          this.#search,
        )
        this.#left -= page.edges.length
        for (const { message, source } of page.edges)
          yield toHistoryMessage(message, { id: message.upstreamId, source })
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      } while (after !== null)
    }
  }
}
