import { foldCase } from '@waybill/core'
import type { Dialect } from '../database/dialect.js'
import { encodeText } from '../database/encode-text.js'
import type { Condition } from './conditions.js'

/** A text that is searched for, in SQL. */
export interface SearchTerm {
  /** What a message has to satisfy. */
  readonly contains: Condition
  /** What the index on the text finds, those that satisfy it among them; null for what the index cannot say. */
  readonly mayContain: Condition | null
}

/** @param search null or empty: no search. */
export function toSearchTerm(search: string | null, dialect: Dialect): SearchTerm | null {
  if (search === null || search === '') return null
  const text = encodeText(foldCase(search))
  return {
    contains: dialect.contains(text),
    mayContain: dialect.canFind(text) ? dialect.mayContain(text) : null,
  }
}
