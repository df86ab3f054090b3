import { createRedactor, type Redact } from '@waybill/http'

/** Writes what happens for the operator. Known secrets never come out, wherever they occur. */
export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

/** Where the lines go: standard error, or anything that takes text like it. */
export interface LogStream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

export interface LoggerOptions {
  readonly secrets?: Iterable<string> | undefined
  /** Default: standard error. */
  readonly stream?: LogStream | undefined
}

type Level = 'info' | 'warn' | 'error'
type Fields = Readonly<Record<string, unknown>>

/** A logger that writes one line for each event: JSON, or plain text where the stream is a terminal. */
export function createLogger({ secrets = [], stream = process.stderr }: LoggerOptions = {}): Logger {
  const redact = createRedactor(secrets)
  const format = stream.isTTY === true ? formatText : formatJson
  const write = (level: Level, message: string, fields: Fields = {}): void => {
    stream.write(`${format(level, redact(message), redactFields(fields, redact))}\n`)
  }
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  }
}

// A value that cannot be written as JSON (a cycle) must not stop the event from being logged.
function redactFields(fields: Fields, redact: Redact): Fields {
  try {
    return JSON.parse(JSON.stringify(fields, (_, value: unknown) => redactValue(value, redact))) as Fields
  } catch {
    return { fields: '[not representable]' }
  }
}

function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'number' || typeof value === 'bigint') return redactNumber(value, redact)
  if (value instanceof Error) return redact(`${value.name}: ${value.message}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [redact(name), field]))
}

function redactNumber(value: number | bigint, redact: Redact): unknown {
  const text = redact(String(value))
  return typeof value === 'number' && text === String(value) ? value : text
}

function formatJson(level: Level, message: string, fields: Fields): string {
  const own = { time: new Date().toISOString(), level, message }
  // First for the reader's sake, and last so that no field takes their place.
  return JSON.stringify({ ...own, ...fields, ...own })
}

function formatText(level: Level, message: string, fields: Fields): string {
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${formatValue(value)}`)
  const time = new Date().toISOString().slice(11, 19)
  return escapeControls(`${time} ${level.padEnd(5)} ${message}${details.join('')}`)
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value)
}

// What an upstream said must not move the terminal's cursor or fake a line of its own.
function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const PATH = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+){2,}(?::\d+)*/g

/**
 * A defect in one line for the log: what it is called and what it says, without the stack and without paths of files.
 */
export function describeDefect(cause: unknown): string {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return text.replaceAll(PATH, '[path]')
}
