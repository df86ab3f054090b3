import type { ServerResponse } from 'node:http'
import type { Fault } from './faults.js'

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text is sent as it is, undefined as an empty body, anything else as JSON. */
  readonly body: unknown
  /** The items inside `body`, the very objects, for faults that change one. */
  readonly items?: unknown[]
}

export function jsonReply(status: number, body: unknown, items?: unknown[]): Reply {
  const headers = { 'content-type': 'application/json' }
  return items === undefined ? { status, headers, body } : { status, headers, body, items }
}

/** The page of a proxy in front of the upstream. */
export function htmlReply(status: number, title: string): Reply {
  const body = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head>\n<body><center><h1>${status} ${title}</h1></center></body></html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

export function emptyReply(status: number): Reply {
  return { status, headers: {}, body: undefined }
}

/** Puts a reply on the wire, or as much of it as the fault lets through. */
export function send(response: ServerResponse, reply: Reply, fault: Fault['kind'] | null): void {
  const payload = encode(reply.body)
  const half = payload.subarray(0, payload.length >> 1)
  const content = fault === 'truncatedJson' ? half : payload
  response.writeHead(reply.status, { ...reply.headers, 'content-length': content.length })
  if (fault === 'hangBody') response.write(half)
  else if (fault === 'cutOff') response.write(half, () => response.destroy())
  else response.end(content)
}

function encode(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Whether a value is text that `JSON.stringify` writes as it is, for numbers that JavaScript would change. */
export function isRawJson(value: unknown): value is { readonly rawJSON: string } {
  return (JSON as unknown as { isRawJSON(value: unknown): boolean }).isRawJSON(value)
}

/** A copy of a JSON value in which every number is a string of digits. */
export function stringifyNumbers(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (isRawJson(value)) return value.rawJSON
  if (Array.isArray(value)) return value.map(stringifyNumbers)
  if (typeof value !== 'object' || value === null) return value
  return stringifyFields(value)
}

/** The same for an object. */
export function stringifyFields(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, part]) => [name, stringifyNumbers(part)]))
}

/** `seconds`: `…56Z`. `microseconds`: `…56.000000Z`, as Laravel prints. `offset`: `…56+00:00`. */
export type TimestampFormat = 'seconds' | 'microseconds' | 'offset'

const ENDINGS: Readonly<Record<TimestampFormat, string>> = {
  seconds: 'Z',
  microseconds: '.000000Z',
  offset: '+00:00',
}

/** ISO 8601, whole seconds: in UTC, or without a zone as the clocks of `timeZone` show it. */
export function formatTimestamp(
  time: number,
  format: TimestampFormat = 'seconds',
  timeZone: string | null = null,
): string {
  if (timeZone === null) return new Date(time).toISOString().slice(0, 19) + ENDINGS[format]
  // Swedish writes dates as ISO 8601 does.
  return new Date(time).toLocaleString('sv-SE', { timeZone })
}
