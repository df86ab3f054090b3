import { WaybillError } from '@waybill/core'
import { remedyFor } from './remedies.js'

/** The archive's database cannot be had. The message names neither places nor people; the cause may. */
export class ArchiveUnavailable extends WaybillError {
  declare readonly code: 'ARCHIVE_UNAVAILABLE'
  /** The source that was wanted; undefined where it was none in particular. */
  readonly source: string | undefined

  constructor(message: string, source: string | undefined, options?: ErrorOptions) {
    super('ARCHIVE_UNAVAILABLE', message, options)
    this.source = source
  }
}

/** A query was ended since it took too long, or since the server said nothing any more. */
export class QueryTooLong extends Error {
  constructor(options?: ErrorOptions) {
    super('The database did not answer a query in time', options)
    this.name = 'QueryTooLong'
  }
}

/** What does not mean that the database cannot be had. */
export interface DatabaseCallOptions {
  /** The source that is wanted. */
  readonly source?: string
  readonly signal?: AbortSignal | undefined
  /** Errors that are passed on as they are. */
  readonly passing?: new (...args: never[]) => Error
}

/**
 * Runs what needs the database. Whatever the database or its driver fails with becomes {@link ArchiveUnavailable}.
 * @throws the signal's reason, WaybillError, what is to be passed on, and what only a mistake in the code throws, as they
 *   are.
 */
export async function callDatabase<T>(work: () => Promise<T>, options: DatabaseCallOptions = {}): Promise<T> {
  const { source, signal, passing = WaybillError } = options
  try {
    return await work()
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof passing ? error : toUnavailable(error, source)
  }
}

/**
 * What the database or its driver failed with as {@link ArchiveUnavailable}. A WaybillError, and what only a mistake in
 * the code throws, stays as it is.
 */
export function toUnavailable(error: unknown, source?: string): unknown {
  if (error instanceof WaybillError || isDefect(error)) return error
  if (isTooLong(error)) {
    return new ArchiveUnavailable(
      "The archive's database did not answer in time. Try again with a smaller query: a shorter time range, a filter, no totalCount. If that does not help, check that its machine can be reached and is not overloaded.",
      source,
      { cause: error },
    )
  }
  const code = reasonOf(error)
  const reason = code === null ? '' : ` (${code})`
  return new ArchiveUnavailable(
    `The archive cannot be used${reason}. ${remedyFor(code, missingRight(error))}`,
    source,
    {
      cause: error,
    },
  )
}

/** Also where something else wraps it. */
function isTooLong(error: unknown): boolean {
  return error instanceof QueryTooLong || (error instanceof Error && isTooLong(error.cause))
}

function isDefect(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
}

/** The code of the database, its driver or the system, which names nothing. */
function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  // The driver has no code for it.
  if (error.message === 'The server does not support SSL connections') return 'NO_TLS'
  const code = 'code' in error ? error.code : undefined
  // The driver reads the files that a URL names, and nothing else opens any. A connection is read as well, but is no folder.
  if (('syscall' in error && error.syscall === 'open') || code === 'EISDIR') return 'NO_TLS_FILE'
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : reasonOf(error.cause)
}

/** What PostgreSQL says that a right to is missing, which it says in its message alone; null where it says it otherwise. */
function missingRight(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const found = /^permission denied (?:for|to create) (database|schema|table|sequence|extension)\b/.exec(
    error.message,
  )
  return found?.[1] ?? missingRight(error.cause)
}
