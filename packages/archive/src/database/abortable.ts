import { AsyncLocalStorage } from 'node:async_hooks'

const signals = new AsyncLocalStorage<AbortSignal | undefined>()

/** The signal of the query that is under way here, for a driver that can end it. */
export function signalOfQuery(): AbortSignal | undefined {
  return signals.getStore()
}

/**
 * Runs a query for somebody who may go away. Kysely has such a thing, which writes to the console about each query that
 * it ended.
 * @throws the signal's reason as soon as it is aborted, whatever the database still does
 */
export async function abortable<Answer>(
  signal: AbortSignal | undefined,
  query: () => Promise<Answer>,
): Promise<Answer> {
  if (signal === undefined) return query()
  signal.throwIfAborted()
  const { promise: left, reject } = Promise.withResolvers<never>()
  const leave = (): void => reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    // What fails after that, fails for nobody.
    return await Promise.race([signals.run(signal, query), left])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
