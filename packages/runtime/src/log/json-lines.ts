import { createBackgroundWriter } from './background-writer.js'
import type { Fields, LogStream, WriteLine } from './logger.js'

type Level = Parameters<WriteLine>[0]

/**
 * Writes events as lines of JSON. A stream with a file descriptor is written to in the background.
 *
 * @param clean removes secrets from a line
 */
export function writeJsonLines(stream: LogStream, clean: (line: string) => string): WriteLine {
  const write =
    stream.fd === undefined
      ? (line: string) => void stream.write(line)
      : createBackgroundWriter(stream.fd, dropped)
  return (level, message, fields) => write(`${clean(formatLine(level, message, fields))}\n`)
}

function dropped(count: number): string {
  return `${formatLine('warn', 'Lines of the log were dropped: its reader was too slow', { count })}\n`
}

function formatLine(level: Level, message: string, fields: Fields): string {
  const own = { time: new Date().toISOString(), level, message }
  // First for the reader's sake, and last so that no field takes their place.
  const line = (more: Fields): string =>
    JSON.stringify({ ...own, ...more, ...own }, isPlain(more) ? undefined : toLoggable)
  try {
    return line(fields)
  } catch {
    // A value that cannot be written as JSON (a cycle) must not stop the event from being logged.
    return line({ fields: '[not representable]' })
  }
}

/** Whether JSON has all values as they are: that is so for most lines, and to look at each value takes several times as long. */
function isPlain(fields: Fields): boolean {
  return Object.values(fields).every((value) => typeof value === 'string' || typeof value === 'number')
}

function toLoggable(_: string, value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  return typeof value === 'bigint' ? String(value) : value
}
