import { toPlainNumbers } from '@waybill/core'
import { cleanText, decodeText, maskAddresses, maskNumbers } from '../text/foreign-text.js'
import { decodeUtf8, parseJson } from '../text/json.js'
import type { Redact } from '../text/redact.js'

/** Error code and text of an error response, as far as they can be read. */
export interface ErrorBody {
  readonly upstreamCode: string | null
  readonly upstreamMessage: string | null
}

const MAX_CODE_LENGTH = 64
/** WhatsApp's error codes have six digits, phone numbers eight and more. */
const CODE_DIGITS = 7
const TEXT_DIGITS = 4
const MAX_MESSAGE_LENGTH = 200
const HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?<(?:!--|(?:!doctype html|html|head|body|title|meta|h1|h2|p|div|center)\b)/i
/** No attribute may hold `<`: a page of many unclosed tags would else be searched to its end from each of them. */
const TITLE = /<title(?:\s[^<>]*)?>([^<]*)/i

/**
 * Reads the error body of any API: JSON in the usual shapes, an HTML page of a proxy, plain text, or nothing usable.
 * No single shape can be relied on: neither upstream documents its own, and a proxy in between has another.
 */
export function readErrorBody(bytes: Uint8Array, contentType: string | null, redact: Redact): ErrorBody {
  const { code, message } = find(bytes, contentType)
  return {
    upstreamCode: code === null ? null : cleanCode(code, redact),
    upstreamMessage: message === null ? null : cleanMessage(message, redact),
  }
}

/** An upstream's error code, fit to be shown; null where nothing is left. */
export function cleanCode(code: string, redact: Redact): string | null {
  return cleanText(code, MAX_CODE_LENGTH, (text) => mask(redact(text), CODE_DIGITS))
}

/** An upstream's error text, fit to be shown; null where nothing is left. */
export function cleanMessage(message: string, redact: Redact): string | null {
  return cleanText(message, MAX_MESSAGE_LENGTH, (text) => mask(redact(text), TEXT_DIGITS))
}

function mask(text: string, leastDigits: number): string {
  return maskNumbers(maskAddresses(text), leastDigits)
}

/** An HTML page's title, the empty string where it has none; null where the text is no HTML. */
export function titleOfHtml(text: string): string | null {
  return HTML.test(text) ? (TITLE.exec(text)?.[1]?.trim() ?? '') : null
}

interface Found {
  readonly code: string | null
  readonly message: string | null
}

function find(bytes: Uint8Array, contentType: string | null): Found {
  const json = decodeUtf8(bytes)
  try {
    if (json !== null) return findInJson(toPlainNumbers(parseJson(json)))
  } catch {
    // Any other text is good enough as well.
  }
  const text = decodeText(bytes, contentType)
  const title = titleOfHtml(text)
  if (title !== null) return { code: null, message: title || 'an HTML page' }
  return { code: null, message: isBinary(text) ? null : unescapeJson(text) }
}

function findInJson(value: unknown): Found {
  if (!isObject(value)) return { code: null, message: toText(value) }
  const first: unknown = Array.isArray(value.errors) ? value.errors[0] : undefined
  const parts = [value.error, value, first].filter(isObject)
  const code = pick(parts, ['code', 'error_code', 'errorCode'])
  const message = pick(parts, ['message', 'error_description', 'detail', 'title', 'error_message'])
  const error = isObject(value.error) ? null : toText(value.error)
  // Beside a message, a plain `error` is the code (OAuth 2.0's shape); alone it is the message.
  return message === null ? { code, message: error ?? toText(first) } : { code: code ?? error, message }
}

function pick(parts: readonly Record<string, unknown>[], names: readonly string[]): string | null {
  const values = parts.flatMap((part) => names.map((name) => toText(part[name])))
  return values.find((value) => value !== null) ?? null
}

function toText(value: unknown): string | null {
  if (Array.isArray(value)) return toText(value[0])
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Makes the torso of a JSON text readable; an escape could also hide a part of a secret. */
function unescapeJson(text: string): string {
  if (!/^\s*[[{"]/.test(text)) return text
  const spaced = text.replaceAll(/\\[bfnrt]/g, ' ').replaceAll(/\\(["\\/])/g, '$1')
  return spaced.replaceAll(/\\u([0-9a-f]{4})/gi, (_escape, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
}

/** Text has neither zero bytes nor many characters that could not be decoded. */
function isBinary(text: string): boolean {
  const undecodable = text.match(/\uFFFD/g)?.length ?? 0
  return text.includes('\0') || undecodable * 10 > text.length
}
