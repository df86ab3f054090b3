import { type MessageSort, WaybillError } from '@waybill/core'

/** Where a list goes on: after the message with this key and id. */
export interface Keyset {
  /** What the list is sorted by, in milliseconds since the epoch. */
  readonly time: number
  readonly upstreamId: string
}

/** Writes where a list goes on as a text that is safe in a URL. */
export function writeCursor({ field }: MessageSort, { time, upstreamId }: Keyset): string {
  // JSON writes a lone surrogate as an escape, which UTF-8 could not keep. Most ids need no escape, and are fifty a page.
  const id = PLAIN.test(upstreamId) ? `"${upstreamId}"` : JSON.stringify(upstreamId)
  return toBase64Url(`["${field}",${time},${id}]`)
}

/** Nearly all cursors fit: they are encoded in one place, rather than in a buffer each. */
const PLACE = Buffer.alloc(300)
/** In UTF-8. */
const MOST_BYTES_PER_UNIT = 3

function toBase64Url(text: string): string {
  if (text.length * MOST_BYTES_PER_UNIT > PLACE.length) return Buffer.from(text).toString('base64url')
  return PLACE.toString('base64url', 0, PLACE.write(text))
}

const PLAIN = /^[\w-]*$/

/** @throws WaybillError INVALID_CURSOR for anything that {@link writeCursor} does not write for this sort. */
export function readCursor(sort: MessageSort, cursor: string): Keyset {
  const [field, time, upstreamId] = parse(cursor)
  if (typeof time !== 'number' || !Number.isFinite(time)) throw invalid()
  if (typeof upstreamId !== 'string' || upstreamId === '') throw invalid()
  if (field !== sort.field) throw invalid()
  return { time, upstreamId }
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) && value.length === 3 ? value : []
  } catch {
    return []
  }
}

function invalid(): WaybillError {
  return new WaybillError(
    'INVALID_CURSOR',
    'The cursor was not made by the archive for this sort. Start again without a cursor.',
  )
}
