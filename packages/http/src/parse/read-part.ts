import { ERROR_CODES, toPlainNumbers, UpstreamError } from '@waybill/core'
import * as z from 'zod/mini'
import { describeValue, valueAt } from './value.js'

/**
 * Reads a part of an answer.
 *
 * @param schema Of zod or zod/mini. Its messages are the object of "expected …": `z.string('text')`. They and the names
 * of its members are shown, so nothing that the upstream sends may get into them, as it does by `z.record`. `z.number()`
 * takes every number that JavaScript holds, in whatever digits it was sent.
 * @param at The place of the part in the answer, for the error: `data[3]`; empty for the whole.
 * @param source The source's id from the configuration.
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the first place that the schema refuses, without quoting it.
 *
 * @example parsePart(z.object({ id: recordIdSchema }), body, '', 'shop')
 */
export function parsePart<T>(schema: z.core.$ZodType<T>, part: unknown, at: string, source: string): T {
  const reading = readPart(schema, part, at)
  if (reading.ok) return reading.value
  throw invalidResponse(source, reading.reason)
}

/** A part of an answer as it could be read, or why it could not, without a value of it. */
export type PartReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

/**
 * The same for a part that may be set aside: it does not throw.
 *
 * @example readPart(item, row, 'data[3]') // { ok: false, reason: 'data[3].sent_at: expected …, found null' }
 */
export function readPart<T>(schema: z.core.$ZodType<T>, part: unknown, at: string): PartReading<T> {
  // What a schema accepts unchanged, such as a list of unknown rows, keeps its exact numbers.
  const exact = z.safeParse(schema, part)
  const result = exact.success ? exact : z.safeParse(schema, toPlainNumbers(part))
  if (result.success) return { ok: true, value: result.data }
  const { path, message } = firstIssue(result.error)
  const found = describeValue(valueAt(part, path))
  return { ok: false, reason: `${placeOf(at, path)}: expected ${message}, found ${found}` }
}

function firstIssue({ issues }: z.core.$ZodError): Pick<z.core.$ZodIssue, 'path' | 'message'> {
  return issues[0] ?? { path: [], message: 'something else' }
}

function placeOf(at: string, path: readonly PropertyKey[]): string {
  const place = path.reduce<string>((before, step) => {
    if (typeof step === 'number') return `${before}[${step}]`
    return before === '' ? String(step) : `${before}.${String(step)}`
  }, at)
  return place === '' ? 'the whole' : place
}

/**
 * The error for an answer of 2xx that is not what the API documents.
 *
 * @param source The source's id from the configuration.
 * @param what What is wrong with the answer. It must quote nothing of it.
 */
export function invalidResponse(source: string, what: string): UpstreamError {
  const code = 'UPSTREAM_INVALID_RESPONSE'
  const message = `Source "${source}" sent an answer that cannot be used: ${what}. ${ERROR_CODES[code].remedy}`
  return new UpstreamError(code, message, { source, status: 200 })
}
