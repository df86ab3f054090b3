import { WaybillError } from '@waybill/core'

/** What a global id stands for. */
export type GlobalId =
  | { readonly type: 'Source'; readonly source: string }
  | { readonly type: 'Message'; readonly source: string; readonly upstreamId: string }

/** The opaque, URL-safe text of a global id. */
export function encodeGlobalId(id: GlobalId): string {
  // As JSON writes a list. Most ids need no escape, and are hundreds an answer.
  const parts =
    id.type === 'Source'
      ? `["Source",${quoted(id.source)}]`
      : `["Message",${quoted(id.source)},${quoted(id.upstreamId)}]`
  return toBase64Url(parts)
}

/** Nearly all ids fit: they are encoded in one place, rather than in a buffer each. */
const PLACE = Buffer.alloc(300)
/** In UTF-8. */
const MOST_BYTES_PER_UNIT = 3

function toBase64Url(text: string): string {
  if (text.length * MOST_BYTES_PER_UNIT > PLACE.length) return Buffer.from(text).toString('base64url')
  return PLACE.toString('base64url', 0, PLACE.write(text))
}

const PLAIN = /^[\w-]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/**
 * Reads what {@link encodeGlobalId} wrote.
 * @throws WaybillError BAD_USER_INPUT for anything else.
 */
export function decodeGlobalId(text: string): GlobalId {
  const id = parse(text)
  // Base64 decoders skip what they do not understand: only the one spelling that was handed out is an id.
  if (id === null || encodeGlobalId(id) !== text) {
    throw new WaybillError(
      'BAD_USER_INPUT',
      `${quote(text)} is not an id. Use the \`id\` of an earlier answer.`,
    )
  }
  return id
}

function parse(text: string): GlobalId | null {
  const parts = parseJson(Buffer.from(text, 'base64url').toString())
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return null
  const [type, source, upstreamId] = parts
  if (source === undefined) return null
  if (type === 'Source') return { type, source }
  return type === 'Message' && upstreamId !== undefined ? { type, source, upstreamId } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
