import type { ArchiveRecord } from '@waybill/core'
import type { SourcedMessage, TraversalPiece } from '../engine.js'
import type { SourceStream } from './source-stream.js'

type Rows = Pick<TraversalPiece, 'messages' | 'records' | 'isContinued'>

/**
 * Rows of all streams together: by time, then source, then in the source's own order, like those of a page. A piece ends
 * where one of the streams has to wait for more.
 *
 * @param withRecords whether the streams have what is stored beside the messages
 */
export async function* mergeStreams(
  streams: readonly SourceStream[],
  isAscending: boolean,
  withRecords: boolean,
): AsyncGenerator<Rows, void> {
  const sign = isAscending ? 1 : -1
  for (;;) {
    const filled = await Promise.all(streams.map((stream) => stream.fill()))
    const open = streams.filter((_, index) => filled[index])
    if (open.length === 0) return
    const messages: SourcedMessage[] = []
    const records: ArchiveRecord[] = []
    for (let next = earliest(open, sign); next !== null; next = earliest(open, sign)) {
      const { head, record, source } = next
      if (head === null) break
      messages.push({ source: source.id, message: head })
      if (record !== null) records.push(record)
      next.take()
    }
    const isContinued = open.every(({ head, isContinued: isAtHand }) => head !== null || isAtHand)
    yield { messages, records: withRecords ? records : null, isContinued }
  }
}

/** The stream whose row stands next; null where that cannot be told, since one of them has none at hand. */
function earliest(streams: readonly SourceStream[], sign: number): SourceStream | null {
  let best: SourceStream | null = null
  for (const stream of streams) {
    if (stream.head === null) return null
    if (best === null || isBefore(stream, best, sign)) best = stream
  }
  return best
}

function isBefore(one: SourceStream, other: SourceStream, sign: number): boolean {
  const order = sign * ((one.head?.sentAt ?? 0) - (other.head?.sentAt ?? 0))
  return order === 0 ? one.source.id < other.source.id : order < 0
}
