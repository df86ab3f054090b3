import { Answer } from '../answer/answer.js'
import type { EngineSource, MessagePage } from '../engine.js'
import type { Counting, SourceCount } from './counting.js'
import { ReportSummary } from './report-summary.js'
import { SourceTally } from './tally.js'

/**
 * Counts the messages of a source by reading all that match, page by page, each exactly once. Nothing is kept but the
 * groups.
 *
 * @throws UpstreamError under the policy FAIL; the signal's reason when it is aborted
 */
export async function countByReading(source: EngineSource, counting: Counting): Promise<SourceCount> {
  const { counts, budget, signal, store } = counting
  const tally = new SourceTally(source.id, counts)
  const reports = new ReportSummary()
  let after: string | null = null
  do {
    const query = { ...counts.query, after, signal }
    const page: MessagePage = await new Answer(query, [source], store, budget).page()
    for (const { message } of page.edges) tally.addMessage(message)
    reports.add(page)
    const { hasNextPage, endCursor } = page.pageInfo
    // With a spent budget, what was fetched before it ended may still be read.
    const goesOn = hasNextPage && !(budget.isSpent && page.edges.length === 0)
    after = goesOn ? endCursor : null
  } while (after !== null)
  const report = reports.finish()
  return { tally: report.outcome === 'FAILED' ? null : tally, report }
}
