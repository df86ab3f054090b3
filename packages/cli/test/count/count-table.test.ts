import { findTimeZone, UTC } from '@waybill/core'
import type { MessageCountGroup } from '@waybill/engine'
import { expect, test } from 'vitest'
import { countTable } from '../../src/count/count-table.js'

function group(count: number, fields: Partial<MessageCountGroup>): MessageCountGroup {
  return {
    count,
    period: null,
    source: null,
    status: null,
    type: null,
    direction: null,
    failureCode: null,
    ...fields,
  }
}

const groups = [group(1000, { status: 'READ' }), group(250, { status: 'FAILED' }), group(1, {})]
const counts = { groups, total: 1251 }
const byStatus = { by: ['status'], zone: UTC } as const

test('bars are as long as the figures are great, and fit into the terminal', () => {
  const lines = (width: number, isColored = false): string[] =>
    countTable(counts, byStatus, { width, isColored }).split('\n')
  expect(lines(40)).toEqual([
    'status  messages',
    'read       1,000  █████████████████████',
    'failed       250  █████▎',
    '-              1  ▏',
    'total      1,251',
    '',
  ])
  for (const width of [27, 40, 80, 500])
    expect(Math.max(...lines(width).map((line) => line.length))).toBeLessThan(width)
  expect(lines(26)).toEqual(countTable(counts, byStatus, null).split('\n'))
  expect(lines(40, true)[1]).toBe(`read       1,000  \u001B[36m${'█'.repeat(21)}\u001B[39m`)
})

test('columns are aligned whatever is in them, and nothing in them is obeyed by a terminal', () => {
  const codes = ['131026', '\u001B[31m', '…', ''].map((failureCode, index) =>
    group(index + 1, { failureCode }),
  )
  expect(countTable({ groups: codes, total: 10 }, { by: ['failure_code'], zone: UTC }, null)).toBe(
    [
      'failure code  messages',
      '131026               1',
      '\\u001b[31m           2',
      '…                    3',
      '""                   4',
      'total               10',
      '',
    ].join('\n'),
  )
})

test('an hour that the clocks show twice is shown with its distance to UTC', () => {
  const zone = findTimeZone('Europe/Berlin') ?? UTC
  const hours = ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'].map((time) =>
    group(1, { period: Date.parse(time) }),
  )
  expect(countTable({ groups: hours, total: 2 }, { by: ['hour'], zone }, null)).toBe(
    [
      'hour                    messages',
      '2026-10-25 02:00+02:00         1',
      '2026-10-25 02:00+01:00         1',
      'total                          2',
      '',
    ].join('\n'),
  )
  expect(countTable({ groups: hours.slice(1), total: 1 }, { by: ['day'], zone }, null)).toContain(
    '2026-10-25 ',
  )
})
