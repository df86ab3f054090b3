import { STATUS_CODES } from 'node:http'
import { emptyReply, htmlReply, jsonReply, type Reply } from '../server/reply.js'
import type { WacrErrorShape, WacrSettings } from './wacr-settings.js'

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
  return SHAPES[errorShape](status, code, message)
}

type Shape = (status: number, code: string, message: string) => Reply

const SHAPES: Readonly<Record<WacrErrorShape, Shape>> = {
  nested: (status, code, message) => jsonReply(status, { success: false, error: { code, message } }),
  flat: (status, code, message) => jsonReply(status, { error_code: code, message }),
  message: (status, _code, message) => jsonReply(status, { message }),
  html: (status, _code, message) => htmlReply(status, message),
  empty: (status) => emptyReply(status),
}
