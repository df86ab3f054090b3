import { describe, expect, it } from 'vitest'
import type { ListReportFragment } from '../../src/api/operations.js'
import { barsOf } from '../../src/counts/bars.js'
import { totalOf } from '../../src/counts/figures.js'

const NOW = new Date(2026, 10, 28, 15).getTime()
const ALWAYS = { from: null, to: null }

/** Local midnight of a day of November 2026. */
function november(day: number): string {
  return new Date(2026, 10, day).toISOString()
}

function group(
  period: string,
  count: number,
  status: 'READ' | 'FAILED' | 'SENT' | 'UNKNOWN' | 'DELETED' | null = 'READ',
) {
  return { period, count, status }
}

function report(change: Partial<ListReportFragment>): ListReportFragment {
  return {
    source: { id: 's', key: 'shop', label: 'Shop' },
    outcome: 'OK',
    completeness: 'COMPLETE',
    reachesBackTo: null,
    gaps: [],
    warnings: [],
    error: null,
    ...change,
  }
}

describe('the bars of counts', () => {
  it('are one a day, from the first day with messages to today, without a hole', () => {
    const { length, bars } = barsOf([group(november(25), 3), group(november(27), 2)], [], ALWAYS, NOW)
    expect(length).toBe('day')
    expect(bars.map(({ from, to, figures }) => [from, to, totalOf(figures)])).toEqual([
      ['2026-11-25', '2026-11-25', 3],
      ['2026-11-26', '2026-11-26', 0],
      ['2026-11-27', '2026-11-27', 2],
      ['2026-11-28', '2026-11-28', 0],
    ])
  })

  it('are as many as there is room for', () => {
    const groups = [group(new Date(2026, 7, 1).toISOString(), 4), group(november(28), 1)]
    expect(barsOf(groups, [], ALWAYS, NOW, 18)).toMatchObject({ length: 'week', bars: { length: 18 } })
    expect(barsOf(groups, [], ALWAYS, NOW, 17)).toMatchObject({ length: 'month', bars: { length: 4 } })
  })

  it('are those of the chosen days, whether they have messages or not', () => {
    const span = { from: new Date(2026, 10, 1), to: new Date(2026, 10, 4) }
    const { bars } = barsOf([group(november(2), 1)], [], span, NOW)
    expect(bars.map(({ from }) => from)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03'])
  })

  it.each([
    [2026, 5, 1, 'week'],
    [2024, 0, 1, 'month'],
    [1999, 0, 1, 'year'],
  ] as const)('are longer where there would be too many: since %i-%i-%i', (year, month, day, expected) => {
    const first = new Date(year, month, day).toISOString()
    const { length, bars } = barsOf([group(first, 4), group(november(28), 1)], [], ALWAYS, NOW)
    expect(length).toBe(expected)
    expect(bars.length).toBeLessThanOrEqual(62)
    expect(bars.reduce((sum, { figures }) => sum + totalOf(figures), 0)).toBe(5)
    for (const [index, bar] of bars.entries()) expect(bar.from > (bars[index - 1]?.to ?? '')).toBe(true)
    expect(bars.at(-1)?.to).toBe('2026-11-28')
  })

  it('count each status once', () => {
    const statuses = ['READ', 'FAILED', 'SENT', 'UNKNOWN', 'DELETED', null] as const
    const groups = statuses.map((status) => group(november(28), 1, status))
    const { bars } = barsOf(groups, [], ALWAYS, NOW)
    expect(bars[0]?.figures).toEqual({ pending: 2, delivered: 0, read: 1, failed: 1, other: 2 })
  })

  it.each([
    ['a gap', { gaps: [{ from: november(25), to: new Date(2026, 10, 26, 0, 1).toISOString() }] }, [25, 26]],
    ['the end of what can be read', { reachesBackTo: new Date(2026, 10, 25, 12).toISOString() }, [24, 25]],
    ['a source that could not be read', { outcome: 'FAILED' }, [24, 25, 26, 27, 28]],
    ['a source that contradicts itself', { completeness: 'UNPROVEN' }, [24, 25, 26, 27, 28]],
    ['a field that a source does not list', { completeness: 'NOT_TOLD' }, [24, 25, 26, 27, 28]],
    [
      'a gap, and a field that the source does not list',
      {
        completeness: 'HAS_GAPS',
        gaps: [{ from: november(25), to: november(26) }],
        warnings: [{ code: 'FIELD_NOT_TOLD', message: '' }],
      },
      [24, 25, 26, 27, 28],
    ],
    ['nothing', {}, []],
  ] as const)('show which of them are not complete because of %s', (_, change, expected) => {
    const { bars } = barsOf([group(november(24), 1)], [report(change)], ALWAYS, NOW)
    const incomplete = bars
      .filter((bar) => bar.incomplete.length > 0)
      .map(({ from }) => Number(from.slice(-2)))
    expect(incomplete).toEqual(expected)
  })

  it('are none without messages', () => {
    expect(barsOf([], [], ALWAYS, NOW).bars).toEqual([])
  })
})
