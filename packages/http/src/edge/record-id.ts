import type * as z from 'zod/mini'
import { integerText } from './integer-text.js'
import { readWith } from './read-with.js'

const RECORD_ID = /^(?:0|[1-9]\d{0,18})$/

/**
 * Whether a text can be the id of a database record: an integer from 0 with at most 19 digits, in canonical notation,
 * so that each record has one id only and it can stand in a path.
 */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text)
}

/** Reads the id of a record, sent as a number or as text. */
export const recordIdSchema: z.ZodMiniType<string> = readWith('an integer', (value) => {
  const text = integerText(value)
  return typeof text === 'string' && isRecordId(text) ? text : null
})
