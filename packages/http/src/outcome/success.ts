import type { Answer } from '../exchange/answer.js'
import { decodeText } from '../text/foreign-text.js'
import { decodeUtf8, JsonFault, parseJson } from '../text/json.js'
import type { Redact } from '../text/redact.js'
import { cleanMessage, titleOfHtml } from './error-body.js'
import type { Failure } from './failure.js'

/** What came of a request. */
export type Verdict =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Failure }

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
    return unusablePage(answer, page, redact) ?? unusable(answer, 'bytes that are not UTF-8')
  }
  if (text.trim() === '') return unusable(answer, 'an empty body')
  try {
    return { ok: true, value: parseJson(text) }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return unusablePage(answer, text, redact) ?? unusable(answer, error.message)
  }
}

/** Null where the text is no HTML. */
function unusablePage(answer: Answer, text: string, redact: Redact): Verdict | null {
  const title = titleOfHtml(text)
  return title === null ? null : unusable(answer, 'an HTML page', cleanMessage(title, redact))
}

function unusable(answer: Answer, found: string, words: string | null = null): Verdict {
  const failure: Failure = {
    code: 'UPSTREAM_INVALID_RESPONSE',
    happened: `sent ${found} where JSON was expected (HTTP ${answer.status})`,
    status: answer.status,
    words,
    retryAfterMs: null,
    retryable: false,
  }
  return { ok: false, failure }
}
