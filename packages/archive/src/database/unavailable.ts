import { WaybillError } from '@waybill/core'

/** What does not mean that the database cannot be had. */
export interface ReachOptions {
  readonly signal?: AbortSignal | undefined
  /** Errors that are passed on as they are. */
  readonly passing?: new (...args: never[]) => Error
}

/**
 * Runs what needs the database. Whatever the database or its driver fails with becomes ARCHIVE_UNAVAILABLE; the error
 * itself is the cause, since its text may name folders, hosts and users.
 *
 * @throws the signal's reason, WaybillError and what is to be passed on as they are.
 */
export async function reach<T>(work: () => Promise<T>, options: ReachOptions = {}): Promise<T> {
  const { signal, passing = WaybillError } = options
  try {
    return await work()
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof WaybillError || error instanceof passing) throw error
    throw new WaybillError(
      'ARCHIVE_UNAVAILABLE',
      `The archive cannot be used${reasonOf(error)}. Check that its database is there, that it may be written, and that this version of Waybill is not older than the one that made it.`,
      { cause: error },
    )
  }
}

/** The code of the database, its driver or the system, which names nothing. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` (${code})` : reasonOf(error.cause)
}
