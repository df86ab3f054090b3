import { expect } from 'vitest'
import { type LogEntry, LogError, openLog, type ReadLogOptions } from '../../src/index.js'

export const AT = '2026-04-24T12:34:56Z'

/** Every byte is a chunk of its own, so that no reading depends on how a file is cut. */
function* bytewise(bytes: Uint8Array): Iterable<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}

/** Reads all entries of a log. */
export async function read(log: string | Uint8Array, options: ReadLogOptions = {}): Promise<LogEntry[]> {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log
  const opened = await openLog(bytes.length < 2000 ? bytewise(bytes) : [bytes], options)
  const entries: LogEntry[] = []
  for await (const entry of opened.entries) entries.push(entry)
  return entries
}

/** Why a log is refused. */
export async function refusal(log: string | Uint8Array, options: ReadLogOptions = {}): Promise<LogError> {
  const error = await read(log, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(LogError)
  return error as LogError
}
