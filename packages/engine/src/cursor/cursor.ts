import { WaybillError } from '@waybill/core'
import type { Fingerprint } from './fingerprint.js'
import type { Json } from './json.js'
import { packSource, unpackSource } from './pack-position.js'
import type { SourcePosition } from './position.js'
import { decodeToken, encodeToken } from './token.js'

const VERSION = 1

/** Everything that is needed to go on with a traversal, on any replica. */
export interface Cursor {
  readonly fingerprint: Fingerprint
  /** When the traversal began, in milliseconds since the epoch: what was fetched earlier does not serve it. */
  readonly begunAt: number
  /** One for each configured source, in the order of the configuration. */
  readonly sources: readonly SourcePosition[]
}

export function encodeCursor(cursor: Cursor): string {
  const { filter, sort, search, sources } = cursor.fingerprint
  const bound: Json = [filter, sort, search, sources]
  return encodeToken([VERSION, bound, cursor.begunAt, cursor.sources.map(packSource)])
}

/**
 * @param count how many sources are configured
 * @throws WaybillError INVALID_CURSOR saying what is wrong, or which part of the query changed
 */
export function decodeCursor(text: string, expected: Fingerprint, count: number): Cursor {
  const token = decodeToken(text)
  if ('reason' in token) throw invalid(`The cursor cannot be read: ${token.reason}.`)
  const [version, bound, begunAt, positions] = asArray(token.value)
  if (version !== VERSION)
    throw invalid('The cursor cannot be read: it was made by another version of Waybill.')
  checkBinding(asArray(bound), expected)
  const sources = asArray(positions).map(unpackSource)
  const known = sources.filter((source) => source !== null)
  if (typeof begunAt !== 'number' || !Number.isFinite(begunAt) || known.length !== count) {
    throw invalid('The cursor cannot be read: its content makes no sense.')
  }
  return { fingerprint: expected, begunAt, sources: known }
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

const PARTS = ['filter', 'sort', 'search', 'sources'] as const

function checkBinding(bound: readonly unknown[], expected: Fingerprint): void {
  const changed = PARTS.filter((part, index) => bound[index] !== expected[part])
  if (changed.length === 0) return
  const names = changed.map((part) => (part === 'sources' ? 'the configured sources' : `the ${part}`))
  throw invalid(
    `The cursor belongs to another query: ${names.join(' and ')} changed. first, onSourceError and maxUpstreamRequests may change from page to page, nothing else.`,
  )
}

function invalid(message: string): WaybillError {
  return new WaybillError(
    'INVALID_CURSOR',
    `${message} Start again without after, or repeat the query that the cursor belongs to.`,
  )
}
