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
})
