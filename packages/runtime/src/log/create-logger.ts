import {
  createRedactor,
  createSecretFinder,
  currentRequest,
  currentTraceId,
  type Redact,
} from '@waybill/http'
import { cleanFields } from './clean-fields.js'
import { writeJsonLines } from './json-lines.js'
import { writeTerminalLines } from './terminal-lines.js'

import type { Fields, Logger, LogStream } from './logger.js'

export interface LoggerOptions {
  readonly secrets?: Iterable<string> | undefined
  /** Default: standard error. */
  readonly stream?: LogStream | undefined
}

/** A logger that writes one line for each event: JSON, or plain text where the stream is a terminal. */
export function createLogger({ secrets = [], stream = process.stderr }: LoggerOptions = {}): Logger {
  const redact = createRedactor(secrets)
  const mayHoldSecret = createSecretFinder(secrets)
  const write =
    stream.isTTY === true
      ? writeTerminalLines(stream, (fields) => cleanFields(fields, redact))
      : writeJsonLines(stream, (line) => (mayHoldSecret(line) ? cleanLine(line, redact) : line))
  return {
    info: (message, fields) => write('info', message, withRequest(fields)),
    warn: (message, fields) => write('warn', message, withRequest(fields)),
    error: (message, fields) => write('error', message, withRequest(fields)),
  }
}

/** All lines of a request can be found by its id. */
function withRequest(fields: Fields = {}): Fields {
  const request = currentRequest()
  const traceId = currentTraceId()
  if (request === undefined && traceId === undefined) return fields
  return {
    ...(request !== undefined && { requestId: request.requestId }),
    ...(traceId !== undefined && { traceId }),
    ...fields,
  }
}

function cleanLine(line: string, redact: Redact): string {
  const { time, level, ...fields } = JSON.parse(line) as Fields
  return JSON.stringify({ time, level, ...cleanFields(fields, redact) })
}
