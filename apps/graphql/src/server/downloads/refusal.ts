import { formatGrammarIssue, ParameterError, UpstreamError, type WaybillError } from '@waybill/core'
import { errorResponse, jsonResponse } from '../error-reply.js'

/** The answer to a download that cannot begin. Each mistake of a query string is an error of its own. */
export function refusal(error: WaybillError): Response {
  if (error instanceof ParameterError) {
    const errors = error.issues.map((issue) => ({
      message: formatGrammarIssue(issue),
      extensions: {
        code: error.code,
        parameter: issue.parameter,
        position: issue.position,
        nearest: issue.suggestion,
      },
    }))
    return jsonResponse(400, JSON.stringify({ errors }))
  }
  const seconds = error instanceof UpstreamError ? error.retryAfterSeconds : undefined
  const headers = seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) }
  return errorResponse(statusOf(error), error.code, error.message, headers)
}

function statusOf({ code, info }: WaybillError): number {
  if (code === 'FORBIDDEN') return 403
  if (code === 'ARCHIVE_UNAVAILABLE' || code === 'UPSTREAM_RATE_LIMITED') return 503
  if (code === 'UPSTREAM_TIMEOUT') return 504
  if (code.startsWith('UPSTREAM_')) return 502
  return info.actor === 'caller' ? 400 : 500
}
