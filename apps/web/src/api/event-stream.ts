import { signal } from '@preact/signals'
import type { SubscriptionForwarder } from '@urql/core'
import { createClient } from 'graphql-sse'
import { serverFetch } from './server-fetch.js'
import { replaceToken, token } from './token.js'

/** Whether events arrive: `off` where this server or this caller has none. */
export const liveState = signal<'off' | 'connecting' | 'on'>('off')

const SHORTEST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

type Result = Parameters<Parameters<ReturnType<SubscriptionForwarder>['subscribe']>[0]['next']>[0]

/**
 * Subscriptions over server-sent events that never end by themselves: after an interruption they go on behind the last event. While
 * the page is hidden they pause, since a browser allows few connections to one server for all of its tabs.
 *
 * @param url of the API
 */
export function createEventStream(url: string): SubscriptionForwarder {
  const client = createClient({ url, fetchFn: serverFetch, retryAttempts: 0 })
  return ({ query = '', variables }) => ({
    subscribe: (sink) => {
      let after: unknown = variables?.['after'] ?? null
      let pause = SHORTEST_PAUSE_MS
      let timer: ReturnType<typeof setTimeout> | undefined
      let stop: (() => void) | undefined
      let isOver = false
      document.addEventListener('visibilitychange', toggle)
      toggle()
      return {
        unsubscribe: () => {
          isOver = true
          document.removeEventListener('visibilitychange', toggle)
          disconnect()
          liveState.value = 'off'
        },
      }

      function toggle(): void {
        disconnect()
        if (document.visibilityState === 'visible') connect()
      }

      function disconnect(): void {
        clearTimeout(timer)
        stop?.()
        stop = undefined
      }

      function connect(): void {
        liveState.value = 'connecting'
        let isRefused = false
        let isCurrent = true
        const sent = token.value
        const end = (): void => {
          if (isOver || !isCurrent) return
          isCurrent = false
          if (isRefused) {
            liveState.value = 'off'
            return
          }
          liveState.value = 'connecting'
          timer = setTimeout(connect, pause)
          pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        }
        const unsubscribe = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
          { query, variables: { ...variables, after } },
          {
            next: (result) => {
              if (codeOf(result) === 'UNAUTHENTICATED') {
                // The token has ended: with the next one, the stream goes on where it ended.
                void replaceToken(sent)
                return
              }
              if ((result.data ?? null) === null) {
                // The server keeps events for a while only: where the last one is forgotten, the stream begins anew.
                isRefused = after === null && FINAL.has(codeOf(result))
                after = null
                return
              }
              pause = SHORTEST_PAUSE_MS
              after = lastIdOf(result) ?? after
              sink.next(result)
            },
            error: end,
            complete: end,
          },
          {
            connected: () => {
              liveState.value = 'on'
            },
          },
        )
        stop = () => {
          isCurrent = false
          unsubscribe()
        }
      }
    },
  })
}

const FINAL: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'BAD_USER_INPUT', 'INVALID_FILTER'])

function codeOf({ errors }: Result): unknown {
  const [error] = errors ?? []
  return error !== undefined && 'extensions' in error ? error.extensions?.['code'] : undefined
}

function lastIdOf({ data }: Result): unknown {
  const [event] = Object.values((data ?? {}) as Record<string, unknown>)
  return typeof event === 'object' && event !== null && 'id' in event ? event.id : null
}
