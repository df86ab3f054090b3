import { effect } from '@preact/signals'
import { type Exchange, mapExchange, type Operation } from '@urql/core'
import { isServerReachable } from './server-fetch.js'

/** Reads again what could not be read while the server was absent, as far as it is still shown, once the server is there again. */
export const resumeExchange: Exchange = (input) => {
  const failed = new Map<number, Operation>()
  effect(() => {
    if (!isServerReachable.value) return
    const waiting = [...failed.values()]
    failed.clear()
    for (const operation of waiting)
      input.client.reexecuteOperation({
        ...operation,
        context: { ...operation.context, requestPolicy: 'network-only' },
      })
  })
  return mapExchange({
    onResult: ({ operation, error }) => {
      if (operation.kind === 'query' && error?.networkError !== undefined && !isServerReachable.peek())
        failed.set(operation.key, operation)
    },
  })(input)
}
