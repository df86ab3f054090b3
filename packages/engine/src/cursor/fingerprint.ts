import { printClause } from '@waybill/core'
import type { ParsedQuery } from '../query/query.js'
import { digest } from './token.js'

/** What a cursor is bound to, each part as a short hash. */
export interface Fingerprint {
  readonly filter: string
  readonly sort: string
  readonly search: string
  readonly sources: string
}

/** Equal for equal questions: the order of clauses does not matter, and neither does the page size. */
export function fingerprint(query: ParsedQuery, sources: readonly string[]): Fingerprint {
  return {
    filter: hash(query.filter.map(printClause).toSorted()),
    sort: hash([query.sort.field, query.sort.direction]),
    search: hash(query.search === null ? [] : [query.search]),
    sources: hash(sources),
  }
}

/** So many hashes are kept: most queries are equal in most parts. */
const MOST_KEPT = 1000
const kept = new Map<string, string>()

function hash(parts: readonly string[]): string {
  const text = JSON.stringify(parts)
  const known = kept.get(text)
  if (known !== undefined) return known
  const made = digest(new TextEncoder().encode(text), 8)
  if (kept.size >= MOST_KEPT) kept.clear()
  if (text.length <= LONGEST_KEPT) kept.set(text, made)
  return made
}

/** In UTF-16 code units. */
const LONGEST_KEPT = 200
