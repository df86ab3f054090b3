import type { SourceReport } from '@waybill/engine'
import { describe, expect, test } from 'vitest'
import { describeIncompleteness } from '../src/incompleteness.js'
import { addReports, type SourceSummary } from '../src/reports.js'
import { REPORT } from './support/messages.js'

function summarize(...reports: readonly Partial<SourceReport>[]): SourceSummary | undefined {
  return reports.reduce<readonly SourceSummary[]>(
    (earlier, report) => addReports(earlier, [{ ...REPORT, ...report }]),
    [],
  )[0]
}

describe('the reports of all pages', () => {
  test('have the gravest completeness, and no spent budget', () => {
    const all = ['BUDGET_SPENT', 'COMPLETE', 'WINDOW_LIMITED', 'HAS_GAPS', 'UNPROVEN', 'COMPLETE'] as const
    const found = all.map((_, index) =>
      summarize(...all.slice(0, index + 1).map((completeness) => ({ completeness }))),
    )
    expect(found.map((report) => report?.completeness)).toEqual([
      'BUDGET_SPENT',
      'COMPLETE',
      'WINDOW_LIMITED',
      'HAS_GAPS',
      'UNPROVEN',
      'UNPROVEN',
    ])
  })

  test('have each gap once, also one that grows', () => {
    const report = summarize(
      { gaps: [{ from: 50, to: 60 }] },
      {
        gaps: [
          { from: 10, to: 20 },
          { from: 50, to: 65 },
        ],
      },
      { gaps: [{ from: 50, to: 70 }] },
    )
    expect(report?.gaps).toEqual([
      { from: 10, to: 20 },
      { from: 50, to: 70 },
    ])
  })

  test('have each kind of warning once, with its greatest count', () => {
    const warning = (
      count: number | null,
      field: string | null = null,
    ): SourceReport['warnings'][number] => ({
      code: 'ROWS_HIDDEN',
      message: `${count} rows`,
      field,
      count,
    })
    const report = summarize(
      { warnings: [warning(3)] },
      { warnings: [warning(7), warning(null, 'status')] },
      { warnings: [warning(5)] },
    )
    expect(report?.warnings).toEqual([warning(7), warning(null, 'status')])
  })

  test('keep a source that failed once as failed', () => {
    const error = { code: 'UPSTREAM_TIMEOUT', message: 'Too late.', retryAfterSeconds: null } as const
    const report = summarize({}, { outcome: 'FAILED', completeness: 'UNKNOWN', error }, {})
    expect(report).toMatchObject({ outcome: 'FAILED', completeness: 'UNKNOWN', error })
    expect(describeIncompleteness(report === undefined ? [] : [report])).toEqual([
      'shop could not be read: Too late',
    ])
  })

  test('name every reason why messages may be missing, whichever is the gravest', () => {
    const gaps = [{ from: Date.UTC(2026, 10, 27), to: Date.UTC(2026, 10, 28) }]
    const reachesBackTo = Date.UTC(2026, 10, 26)
    const reach =
      'shop goes back to 2026-11-26T00:00:00.000Z; older messages may exist, but the upstream does not list them'
    const gap = 'shop has gaps: 2026-11-27T00:00:00.000Z to 2026-11-28T00:00:00.000Z'
    const moving = 'shop may lack or repeat messages that changed meanwhile: they move under this sort'
    const warnings = [{ code: 'FIELD_NOT_TOLD', message: 'Untold.', field: 'to', count: null }] as const
    const described = (...reports: readonly Partial<SourceReport>[]): readonly string[] =>
      describeIncompleteness([summarize(...reports)].filter((report) => report !== undefined))

    const both = {
      completeness: 'HAS_GAPS',
      holds: ['HAS_GAPS', 'WINDOW_LIMITED'],
      gaps,
      reachesBackTo,
    } as const
    expect(described(both)).toEqual([gap, reach])
    expect(described({ ...both, warnings })).toEqual(['shop: FIELD_NOT_TOLD: Untold', gap, reach])
    // One reason a page.
    expect(
      described(
        { completeness: 'MOVING_SORT', holds: ['MOVING_SORT'] },
        { completeness: 'BUDGET_SPENT', holds: ['BUDGET_SPENT', 'WINDOW_LIMITED'], reachesBackTo },
        { completeness: 'HAS_GAPS', holds: ['HAS_GAPS'], gaps },
      ),
    ).toEqual([gap, reach, moving])
    // It reaches back far enough for what was asked.
    expect(described({ completeness: 'HAS_GAPS', holds: ['HAS_GAPS'], gaps, reachesBackTo })).toEqual([gap])
  })
})
