import { expect } from 'vitest'
import type { MessagePage, SourceReport } from '../../src/index.js'
import type { Upstream } from './upstreams.js'

/** The report on a source. */
export function reportOf(page: MessagePage | undefined, source: string): SourceReport {
  const report = page?.reports.find((each) => each.source === source)
  if (report === undefined) throw new Error(`There is no report on ${source}`)
  return report
}

/** What the pages say that they cost at a source. */
function reportedRequests(pages: readonly MessagePage[], source: string): number {
  return pages.reduce((sum, page) => sum + reportOf(page, source).upstreamRequests, 0)
}

/** Every request that arrived upstream is told in one report, and none is told that did not arrive. */
export function expectHonestReports(pages: readonly MessagePage[], upstreams: readonly Upstream[]): void {
  const told = upstreams.map(({ id }) => [id, reportedRequests(pages, id)])
  expect(told).toEqual(upstreams.map(({ id, emulator }) => [id, emulator.log.length]))
}
