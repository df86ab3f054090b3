import { isFailureCode } from './failure-code.js'
import { packIds, unpackIds } from './id-list.js'
import type { Json } from './json.js'
import type { PageHint, SourcePosition, StreamPosition } from './position.js'

/** The greatest time value of ECMAScript, section 21.4.1.1. */
const MAX_TIME_MS = 8.64e15

/** The shortest JSON that holds a position. */
export function packSource(source: SourcePosition): Json {
  if (source.kind === 'pruned') return null
  if (source.kind === 'failed') return source.code
  const streams = source.streams.map(packStream)
  return source.isUndirected ? ['u', ...streams] : streams
}

/** The inverse of {@link packSource}; null for anything that it does not produce. */
export function unpackSource(packed: unknown): SourcePosition | null {
  if (packed === null) return { kind: 'pruned' }
  if (typeof packed === 'string') return isFailureCode(packed) ? { kind: 'failed', code: packed } : null
  if (!Array.isArray(packed)) return null
  const isUndirected = packed[0] === 'u'
  const streams = (isUndirected ? packed.slice(1) : packed).map(unpackStream)
  return streams.length === 0 || streams.includes(null)
    ? null
    : { kind: 'streams', streams: streams.filter((stream) => stream !== null), isUndirected }
}

function packStream(position: StreamPosition): Json {
  switch (position.at) {
    case 'start':
      return 0
    case 'end':
      return 1
    case 'key':
      return ['k', position.sentAt, position.id, position.ended ? 1 : 0]
    case 'cursor':
      return ['c', position.cursor, packIds(position.trail), position.ended ? 1 : 0]
    case 'seek':
      return ['s', position.size, position.above, position.below, position.aim]
    case 'row': {
      const { index, number, size, cap } = position.hint
      const ids = [packIds(position.trail), packIds(position.ahead)]
      return [
        'r',
        position.sentAt,
        position.ties,
        position.spread,
        ...ids,
        index,
        number,
        size,
        cap,
        position.seenAt,
        position.ended ? 1 : 0,
      ]
    }
  }
}

function unpackStream(packed: unknown): StreamPosition | null {
  if (packed === 0) return { at: 'start' }
  if (packed === 1) return { at: 'end' }
  if (!Array.isArray(packed)) return null
  const [kind, ...rest] = packed as readonly unknown[]
  if (kind === 'k') return unpackKey(rest)
  if (kind === 'c') return unpackCursor(rest)
  if (kind === 's') return unpackSeek(rest)
  return kind === 'r' ? unpackRow(rest) : null
}

function unpackKey([sentAt, id, ended]: readonly unknown[]): StreamPosition | null {
  if (!isTime(sentAt) || typeof id !== 'string' || !isFlag(ended)) return null
  return { at: 'key', sentAt, id, ended: ended === 1 }
}

function unpackCursor([cursor, marks, ended]: readonly unknown[]): StreamPosition | null {
  const trail = unpackIds(marks)
  if (typeof cursor !== 'string' || trail === null || !isFlag(ended)) return null
  return { at: 'cursor', cursor, trail, ended: ended === 1 }
}

function unpackSeek([size, above, below, aim]: readonly unknown[]): StreamPosition | null {
  return isCount(size) && isCount(above) && (below === null || isCount(below)) && isCount(aim)
    ? { at: 'seek', size, above, below, aim }
    : null
}

function unpackRow(packed: readonly unknown[]): StreamPosition | null {
  const [sentAt, ties, spread, trail, ahead, index, number, size, cap, seenAt, ended] = packed
  const behind = unpackIds(trail)
  const before = unpackIds(ahead)
  const page = unpackHint([index, number, size, cap])
  const isKnown = sentAt === null || isTime(sentAt)
  if (!isKnown || !isCount(ties) || !isTime(spread) || behind === null || behind.length === 0) return null
  if (before === null || page === null || !isTime(seenAt) || !isFlag(ended)) return null
  const rest = { trail: behind, ahead: before, hint: page, seenAt, ended: ended === 1 }
  return { at: 'row', sentAt, ties, spread, ...rest }
}

function unpackHint([index, number, size, cap]: readonly unknown[]): PageHint | null {
  const whole = Number.isSafeInteger(index) && Number(index) >= 0
  return whole && isCount(number) && isCount(size) && isCount(cap)
    ? { index: Number(index), number, size, cap }
    : null
}

function isFlag(value: unknown): value is 0 | 1 {
  return value === 0 || value === 1
}

/** A time, or a span of it: no date is further from the epoch, and pages could not be reckoned from one that is. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_TIME_MS
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1
}
