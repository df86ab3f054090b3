import type { RecordDetail, StreamRequest } from '@waybill/core'
import { openSource } from '../answer/resume-position.js'
import { decodeCursor, encodeCursor } from '../cursor/cursor.js'
import { isSourceFailure } from '../cursor/failure-code.js'
import { fingerprint } from '../cursor/fingerprint.js'
import { hasEnded, type SourcePosition } from '../cursor/position.js'
import type { EngineSource, MessagesQuery, TraversalPiece } from '../engine.js'
import { listRequest } from '../read/stream-reader.js'
import { type ParsedQuery, resolveQuery } from '../query/query.js'
import { mergeStreams } from './merge-streams.js'
import { SourceStream, UnexpectedRows } from './source-stream.js'

/** What is streamed. */
interface Streaming {
  readonly sources: readonly EngineSource[]
  /** How much is wanted of what is stored beside the messages. */
  readonly records: RecordDetail
  /** What the page before told of the whole. */
  readonly page: Pick<TraversalPiece, 'totalCount' | 'reports'>
}

/** How many messages a piece has. What is in memory whenever the young generation of the heap is collected, outlives it. */
const PIECE_SIZE = 32

/** How far it was streamed. */
interface Streamed {
  readonly after: string
  /** Whether that is where the lists end. */
  readonly isWhole: boolean
}

/**
 * Reads on from a cursor with the streams of the sources, in the order of the connection.
 *
 * Ends where the lists end, or where something is to be looked into that only reading page by page can: a source that
 * cannot stream, or streams what it should not, or fails under the policy PARTIAL.
 */
export async function* streamSources(
  query: MessagesQuery & { readonly after: string },
  { sources, records, page }: Streaming,
): AsyncGenerator<TraversalPiece, Streamed> {
  const parsed = resolveQuery(query)
  const ids = sources.map(({ id }) => id)
  const cursor = decodeCursor(query.after, fingerprint(parsed, ids), sources.length)
  const places = sources.map((source, index) => placeOf(source, parsed, cursor.sources[index]))
  if (places.includes(null)) return { after: query.after, isWhole: false }
  const end = new AbortController()
  const signal = query.signal === undefined ? end.signal : AbortSignal.any([query.signal, end.signal])
  const streams = places.map((place) => place?.open({ records, size: PIECE_SIZE }, signal) ?? null)
  let reached = (): string => query.after
  try {
    const isAscending = parsed.sort.direction === 'asc'
    const open = streams.flatMap((stream) => stream ?? [])
    for await (const rows of mergeStreams(open, isAscending, records !== 'none')) {
      const taken = streams.map((stream) => stream?.place ?? null)
      reached = () => {
        const positions = cursor.sources.map((position, index) => moved(position, taken[index]?.() ?? null))
        return encodeCursor({ ...cursor, sources: positions })
      }
      yield { ...rows, ...page, cursor: reached }
    }
    return { after: reached(), isWhole: true }
  } catch (error) {
    query.signal?.throwIfAborted()
    const isPartial = isSourceFailure(error) && parsed.onSourceError === 'PARTIAL'
    if (error instanceof UnexpectedRows || isPartial) return { after: reached(), isWhole: false }
    throw error
  } finally {
    end.abort()
    for (const stream of streams) stream?.close()
  }
}

/** Where a source stands before it is streamed. */
interface Place {
  /** Null where the source is not read any more. */
  open(wanted: Pick<StreamRequest, 'records' | 'size'>, signal: AbortSignal): SourceStream | null
}

const NOT_READ: Place = { open: () => null }

/** Null where the source has to be read page by page. */
function placeOf(
  source: EngineSource,
  query: ParsedQuery,
  position: SourcePosition | undefined,
): Place | null {
  const { provider } = source
  if (position === undefined || position.kind === 'failed') return null
  if (position.kind === 'pruned') return NOT_READ
  const [only, ...others] = position.streams
  if (only === undefined || others.length > 0 || position.isUndirected) return null
  if (hasEnded(only)) return NOT_READ
  const [part] = openSource(source, query, position, false)?.parts ?? []
  if (provider.stream === undefined || part === undefined || part.part.key !== source.id) return null
  if (!part.plan.exact || (only.at !== 'start' && only.at !== 'cursor')) return null
  const { plan } = part
  const after = only.at === 'cursor' ? only.cursor : null
  return {
    open: (wanted, signal) => {
      const { page: _, ...request } = listRequest({ plan }, { kind: 'cursor', after, limit: 1 })
      const pieces = provider.stream?.({ ...request, ...wanted, after }, { signal })
      return pieces === undefined ? null : new SourceStream({ source, plan, pieces, after, signal })
    },
  }
}

/** @param reached the cursor of the source's own list; null where the source is not read any more, or from its beginning on */
function moved(position: SourcePosition, reached: string | null): SourcePosition {
  if (reached === null) return position
  const at = { at: 'cursor', cursor: reached, trail: [], ended: false } as const
  return { kind: 'streams', streams: [at], isUndirected: false }
}
