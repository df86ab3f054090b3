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

function hash(parts: readonly string[]): string {
  return digest(new TextEncoder().encode(JSON.stringify(parts)), 8)
}
