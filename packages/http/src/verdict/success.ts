import type { Answer } from '../exchange/answer.js'
import { cleanText, decodeText } from '../text/foreign-text.js'
import { decodeUtf8, JsonFault, parseJson } from '../text/json.js'
import type { Redact } from '../text/redact.js'
import { titleOfHtml } from './error-body.js'
import type { Failure } from './failure.js'

/** What came of a request. */
export type Verdict =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Failure }

const MAX_TITLE_LENGTH = 80

/**
 * The value in the body of a 2xx response. JSON is UTF-8 (RFC 8259, section 8.1) whatever character set the content type
 * names: servers name their default one, and write UTF-8.
 */
export function judgeSuccess(answer: Answer, redact: Redact): Verdict {
  const { bytes, end } = answer.body
  if (end === 'too-long') return unusable(answer, `more than ${bytes.length} bytes (limits.maxBodyBytes)`)
  const text = decodeUtf8(bytes)
  if (text === null) {
    const page = decodeText(bytes, answer.headers.get('content-type'))
    return unusable(answer, describePage(page, redact) ?? 'bytes that are not UTF-8')
  }
  if (text.trim() === '') return unusable(answer, 'an empty body')
  try {
    return { ok: true, value: parseJson(text) }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return unusable(answer, describePage(text, redact) ?? error.message)
  }
}

function describePage(text: string, redact: Redact): string | null {
  const title = titleOfHtml(text)
  if (title === null) return null
  const name = cleanText(title, MAX_TITLE_LENGTH, redact)
  return name === null ? 'an HTML page' : `an HTML page titled "${name}"`
}

function unusable(answer: Answer, found: string): Verdict {
  const failure: Failure = {
    code: 'UPSTREAM_INVALID_RESPONSE',
    happened: `sent ${found} where JSON was expected (HTTP ${answer.status})`,
    status: answer.status,
    retryAfterMs: null,
    retryable: false,
  }
  return { ok: false, failure }
}
