import { STATUS_CODES } from 'node:http'
import { emptyReply, htmlReply, jsonReply, type Reply } from '../server/reply.js'
import { stringifyNumbers } from '../server/stringify-numbers.js'
import type { OctopodsSettings } from './octopods-settings.js'

/** What went wrong, in Octopods' terms. */
export interface OctopodsErrorKind {
  readonly status: number
  readonly code: number
  readonly error: string
}

/** The key is missing, wrong, or was rotated or revoked. */
export const KEY_REFUSED: OctopodsErrorKind = { status: 400, code: 6, error: 'DEPRECATED_API_KEY' }

/** Nothing was sent on this channel yet, or there is no such message. */
export const NOT_FOUND: OctopodsErrorKind = { status: 400, code: 2, error: 'Resource Not Found' }

/** An error outside the documentation. */
export function undocumentedError(status: number): OctopodsErrorKind {
  return { status, code: 1, error: STATUS_CODES[status] ?? 'Error' }
}

/** Octopods' error answer, in the shape that the settings choose. */
export function octopodsError(kind: OctopodsErrorKind, requestId: string, settings: OctopodsSettings): Reply {
  const { status, code, error } = kind
  const { errorShape, numbersAsStrings } = settings
  if (errorShape === 'empty') return emptyReply(status)
  if (errorShape === 'html') return htmlReply(status, error)
  if (errorShape === 'message') return jsonReply(status, { message: error })
  const body = { request_id: requestId, error_code: code, error }
  return jsonReply(status, numbersAsStrings ? stringifyNumbers(body) : body)
}
