import { STATUS_CODES } from 'node:http'
import { emptyReply, htmlReply, jsonReply, type Reply } from '../server/reply.js'
import type { WacrSettings } from './wacr-settings.js'

const ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['UNAUTHORIZED', 'Invalid or missing token.'],
  403: ['INSUFFICIENT_SCOPE', 'The token lacks the scope messages:read.'],
  404: ['NOT_FOUND', 'Message not found.'],
  429: ['RATE_LIMIT_EXCEEDED', 'Too many requests.'],
  500: ['INTERNAL_ERROR', 'Server error.'],
}

/** WA.cr's error answer for an HTTP status, in the shape that the settings choose. */
export function wacrError(status: number, { errorShape }: WacrSettings): Reply {
  const title = STATUS_CODES[status] ?? 'Error'
  const [code, message] = ERRORS[status] ?? [title.toUpperCase().replaceAll(' ', '_'), `${title}.`]
  switch (errorShape) {
    case 'nested':
      return jsonReply(status, { success: false, error: { code, message } })
    case 'flat':
      return jsonReply(status, { error_code: code, message })
    case 'message':
      return jsonReply(status, { message })
    case 'html':
      return htmlReply(status, title)
    case 'empty':
      return emptyReply(status)
  }
}
