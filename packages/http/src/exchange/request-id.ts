import { AsyncLocalStorage } from 'node:async_hooks'

const ids = new AsyncLocalStorage<string>()

/** The header that carries the id of a request, here and upstream. */
export const REQUEST_ID_HEADER = 'x-request-id'

/**
 * Does something on behalf of a request: what is sent upstream meanwhile carries its id, so that it can be found in the logs of both
 * sides. An upstream request that several share carries the id of the first.
 */
export function onBehalfOf<Result>(requestId: string, run: () => Result): Result {
  return ids.run(requestId, run)
}

/** The id of the request on whose behalf this runs; undefined where there is none, as in a sync. */
export function currentRequestId(): string | undefined {
  return ids.getStore()
}
