import type { CountsQuery, EngineSource, MessageCounts } from '../engine.js'
import { RequestBudget } from '../fetch/budget.js'
import type { PageStore } from '../fetch/page-store.js'
import { canCount, countBySource } from './count-by-source.js'
import { countByReading } from './count-by-reading.js'
import type { Counting, SourceCount } from './counting.js'
import { resolveCounts } from './counts-query.js'
import { mergeTallies } from './tally.js'

/** @throws see {@link Engine.counts} */
export async function countMessages(
  given: CountsQuery,
  sources: readonly EngineSource[],
  store: PageStore,
): Promise<MessageCounts> {
  const counts = resolveCounts(given)
  const { maxUpstreamRequests, signal } = counts.query
  const failed = new AbortController()
  const counting: Counting = {
    counts,
    budget: new RequestBudget(maxUpstreamRequests, given.allowance),
    signal: AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]),
    store,
  }
  const counted = await Promise.all(
    sources.map(async (source) => {
      try {
        return await countSource(source, counting)
      } catch (error) {
        // What the others would still send is for nobody.
        failed.abort(error)
        throw error
      }
    }),
  )
  const tallies = counted.flatMap(({ tally }) => tally ?? [])
  const groups = mergeTallies(
    tallies,
    counts.by,
    sources.map(({ id }) => id),
  )
  return {
    total: groups.reduce((sum, { count }) => sum + count, 0),
    groups,
    reports: counted.map(({ report }) => report),
  }
}

async function countSource(source: EngineSource, counting: Counting): Promise<SourceCount> {
  const { counts } = counting
  return canCount(source, counts) ? countBySource(source, counting) : countByReading(source, counting)
}
