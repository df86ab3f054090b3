import { type TimeRange, WaybillError } from '@waybill/core'
import type { RequestAllowance } from '@waybill/engine'
import type { FindMessages, HistoryMessage } from '@waybill/reconcile'
import { type ComparedSource, engineOf } from './compared-source.js'
import { toHistory } from './to-history.js'
import type { WorkStore } from './work-store.js'

/** How many messages are requested at most from one upstream, which costs one request for each. */
const MOST_REQUESTED = 200

/** How many look-ups in an archive run at the same time. */
const AT_ONCE = 16

/** Where messages are looked for that a log names by their ids. */
export interface LookUpOptions {
  readonly sources: readonly ComparedSource[]
  readonly signal: AbortSignal
  /** What requests may still be sent. */
  readonly allowance: RequestAllowance | undefined
}

/**
 * Finds messages by upstream id among those that were read, else at every source: what a list did not show may still be
 * known by its id. A message that was sent within `range` is then added to those that were read. WhatsApp ids are looked
 * for among the messages that were read alone, since no source can be asked for them.
 *
 * @param range - the span of the messages that are compared.
 */
export function lookUpIn(
  store: WorkStore,
  range: TimeRange,
  { sources, signal, allowance }: LookUpOptions,
): FindMessages {
  const readers = sources.map((read) => readerOf(read, signal, allowance))
  return async ({ ids, whatsappIds }) => {
    const known = store.find(ids, whatsappIds)
    const seen = new Set(known.map(({ upstreamId }) => upstreamId))
    const missing = ids.filter((id) => !seen.has(id))
    const found = (await Promise.all(readers.map((reader) => reader(missing)))).flat()
    store.atomically(() => {
      for (const message of found)
        if (message.sentAt >= range.from && message.sentAt <= range.to) store.addMessage(message)
    })
    return [...known, ...found]
  }
}

/** Reads messages of one source by their ids; those that it does not have are left out. */
type Reader = (ids: readonly string[]) => Promise<HistoryMessage[]>

function readerOf(
  read: ComparedSource,
  signal: AbortSignal,
  allowance: RequestAllowance | undefined,
): Reader {
  const lookups = engineOf(read).lookups(signal, allowance)
  const { source, archive } = read
  let left = archive === null ? MOST_REQUESTED : Number.POSITIVE_INFINITY
  return async (ids) => {
    const messages: HistoryMessage[] = []
    for (let at = 0; at < ids.length && left > 0; at += AT_ONCE) {
      const batch = ids.slice(at, at + Math.min(AT_ONCE, left))
      left -= batch.length
      try {
        const found = await Promise.all(batch.map((id) => lookups.message(source.id, id)))
        messages.push(
          ...(await toHistory(
            found.filter((message) => message !== null),
            read,
          )),
        )
      } catch (error) {
        if (archive !== null || !(error instanceof WaybillError)) throw error
        // The doubts about the list hold as they are: nothing was found out here.
        left = 0
      }
    }
    return messages
  }
}
