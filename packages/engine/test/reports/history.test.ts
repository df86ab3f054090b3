import type { HistoryReport, MessageProvider } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { sentAt } from '../support/clauses.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'

const rows = Array.from({ length: 9 }, (_, index) => ({
  upstreamId: String(index),
  sentAt: 1000 * (index + 1),
}))

function keeping(history: HistoryReport): MessageProvider {
  return { ...memoryProvider(rows).provider, history: async () => Promise.resolve(history) }
}

const HISTORY: HistoryReport = {
  reachesBackTo: 500,
  gaps: [
    { from: 2500, to: 3500 },
    { from: 6500, to: 7500 },
  ],
}

it.each([
  ['everything', [], ['HAS_GAPS', 'WINDOW_LIMITED'], HISTORY.gaps],
  ['what a gap cuts', [sentAt('gte', 3000), sentAt('lt', 6000)], ['HAS_GAPS'], [{ from: 3000, to: 3500 }]],
  ['what lies between gaps', [sentAt('gte', 4000), sentAt('lt', 6000)], [], []],
  ['what begins after the bound', [sentAt('gt', 500), sentAt('lt', 2000)], [], []],
  ['what may begin before the bound', [sentAt('lt', 2000)], ['WINDOW_LIMITED'], []],
] as const)('tells what a source says is missing from %s', async (_asked, filter, holds, gaps) => {
  const engine = createEngine({ sources: [{ id: 'kept', provider: keeping(HISTORY) }] })
  const first = await engine.messages({ filter, first: 1 })
  const report = { completeness: holds[0] ?? 'COMPLETE', holds, gaps, reachesBackTo: 500 }
  expect(reportOf(first, 'kept')).toMatchObject(report)
  const counts = await engine.counts({ filter, by: ['STATUS'] })
  expect(counts.reports).toMatchObject([report])
})

it('reports it on the last page as well', async () => {
  const engine = createEngine({ sources: [{ id: 'kept', provider: keeping(HISTORY) }] })
  const first = await engine.messages({ first: 8 })
  const last = await engine.messages({ first: 8, after: first.pageInfo.endCursor })
  expect(last.pageInfo.hasNextPage).toBe(false)
  expect(reportOf(last, 'kept')).toMatchObject({ completeness: 'HAS_GAPS', gaps: HISTORY.gaps })
})

it.each([
  ['what it has', [sentAt('lt', 6000)], 'COMPLETE', []],
  ['what may have come since', [], 'HAS_GAPS', ['ARCHIVE_LATE']],
] as const)(
  'warns of a late archive where it is asked for %s',
  async (_asked, filter, completeness, codes) => {
    const message = 'The archive was not updated in time.'
    const late = { code: 'ARCHIVE_LATE', message, field: null, count: null } as const
    const history = { reachesBackTo: null, gaps: [{ from: 7500, to: 9500 }], warnings: [late] }
    const engine = createEngine({ sources: [{ id: 'kept', provider: keeping(history) }] })
    const report = reportOf(await engine.messages({ filter, first: 1 }), 'kept')
    expect(report.completeness).toBe(completeness)
    expect(report.warnings.map(({ code }) => code)).toEqual(codes)
  },
)
