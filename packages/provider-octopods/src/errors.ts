import { ERROR_CODES, UpstreamError } from '@waybill/core'
import type * as z from 'zod/mini'
import { describe, valueAt } from './describe.js'

/** The error for an answer that is not what the API documents. `what` must quote nothing of the answer. */
export function invalidResponse(source: string, what: string): UpstreamError {
  const code = 'UPSTREAM_INVALID_RESPONSE'
  const message = `Source "${source}" sent an answer that cannot be used: ${what}. ${ERROR_CODES[code].remedy}`
  return new UpstreamError(code, message, { source, status: 200 })
}

/**
 * Reads a part of an answer.
 *
 * @param at Where the part stands in the answer, for the error: `data[3]`; empty for the whole.
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the first place that the schema refuses.
 */
export function parsePart<T>(schema: z.ZodMiniType<T>, part: unknown, at: string, source: string): T {
  const result = schema.safeParse(part)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const place = [at, ...path.map(String)].filter((step) => step !== '').join('.') || 'the whole'
  const expected = result.error.issues[0]?.message ?? 'something else'
  throw invalidResponse(source, `${place}: expected ${expected}, found ${describe(valueAt(part, path))}`)
}
