import { useClient } from '@urql/preact'
import { useEffect, useState } from 'preact/hooks'
import { CountsDocument, type CountsQuery, MessageEventsDocument } from '../api/operations.js'
import { describeProblem, type Problem } from '../api/problem.js'
import { followedFilter, type ListQuery, reportsOf } from '../search/list-query.js'
import { timeZone } from '../texts/format.js'

/** What a source that is read live may cost for each count. */
export const MAX_UPSTREAM_REQUESTS = 20

/** Counts are renewed this long after a change, in milliseconds, or later: counting may take this part of the time. */
const SHORTEST_PAUSE_MS = 3000
const LARGEST_SHARE = 0.1

/** The counts of a query. */
export interface CountsState {
  readonly counts: CountsQuery['messageCounts'] | null
  readonly problem: Problem | null
}

const NONE: CountsState = { counts: null, problem: null }

/**
 * Counts the messages of a query, and counts again when messages arrive or change.
 *
 * @param isWanted whether to count by now; false: wait until it is
 */
export function useCounts(query: ListQuery, isWanted = true): CountsState & { retry: () => void } {
  const client = useClient()
  const [state, setState] = useState(NONE)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = SHORTEST_PAUSE_MS
    let isOver = false
    setState(NONE)
    if (!isWanted) return undefined
    const { filter, search } = query
    const variables = { filter, search, timeZone: timeZone(), maxUpstreamRequests: MAX_UPSTREAM_REQUESTS }
    async function count(isAgain: boolean): Promise<void> {
      const began = performance.now()
      const requestPolicy = isAgain ? 'network-only' : 'cache-first'
      const { data, error } = await client.query(CountsDocument, variables, { requestPolicy }).toPromise()
      if (isOver) return
      pause = Math.max(SHORTEST_PAUSE_MS, (performance.now() - began) / LARGEST_SHARE)
      const counts = data?.messageCounts
      if (counts !== undefined)
        setState({ counts: { ...counts, sources: [...reportsOf(query, counts.sources)] }, problem: null })
      else if (error !== undefined) setState((now) => ({ ...now, problem: describeProblem(error) }))
    }
    void count(turn > 0)
    const events = client
      .subscription(MessageEventsDocument, { filter: followedFilter(query) })
      .subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined
          void count(true)
        }, pause)
      })
    return () => {
      isOver = true
      clearTimeout(timer)
      events.unsubscribe()
    }
  }, [client, query, turn, isWanted])
  return { ...state, retry: () => setTurn((now) => now + 1) }
}
