import { describe, expect, it } from 'vitest'
import type { ListedMessageFragment, ListReportFragment } from '../../src/api/operations.js'
import { type Entry, entriesOf, TOP } from '../../src/list/entries.js'

const source = { id: 's', key: 'shop', label: 'Shop' }

function message(id: string, sentAt: string): ListedMessageFragment {
  return {
    id,
    sentAt,
    source,
    direction: 'OUTBOUND',
    status: 'SENT',
    type: 'TEXT',
    rawType: 'text',
    text: id,
    from: null,
    to: null,
    deletedAt: null,
    contact: null,
    failure: null,
  }
}

function report(change: Partial<ListReportFragment>): ListReportFragment {
  return {
    source,
    outcome: 'OK',
    completeness: 'COMPLETE',
    reachesBackTo: null,
    gaps: [],
    warnings: [],
    error: null,
    ...change,
  }
}

/** Rows in short: the id of a message, or the kind of a mark. Days are left out. */
function rowsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'day') return []
    return [entry.kind === 'message' ? entry.message.id : entry.kind]
  })
}

const NEWEST = [message('d', '2026-11-04T12:00:00.000Z'), message('c', '2026-11-03T12:00:00.000Z')]
const OLDEST = [message('b', '2026-11-02T12:00:00.000Z'), message('a', '2026-11-01T12:00:00.000Z')]

describe('the rows of a list', () => {
  it('begin each day with its name', () => {
    const { entries } = entriesOf(NEWEST, [], TOP, true)
    expect(entries.map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message'])
  })

  it.each([
    ['above all messages', '2026-11-05T00:00:00.000Z', ['gap', 'd', 'c', 'b', 'a']],
    ['between two messages', '2026-11-03T18:00:00.000Z', ['d', 'gap', 'c', 'b', 'a']],
    ['between two pages', '2026-11-02T18:00:00.000Z', ['d', 'c', 'gap', 'b', 'a']],
    ['at the time of the last message of a page', '2026-11-03T12:00:00.000Z', ['d', 'c', 'gap', 'b', 'a']],
    ['below all messages', '2026-10-01T00:00:00.000Z', ['d', 'c', 'b', 'a', 'gap']],
  ])('show a gap once, where it is: %s', (_, to, expected) => {
    const reports = [report({ gaps: [{ from: '2026-09-01T00:00:00.000Z', to }] })]
    const first = entriesOf(NEWEST, reports, TOP, false)
    const second = entriesOf(OLDEST, reports, first.bottom, true)
    expect([...rowsOf(first.entries), ...rowsOf(second.entries)]).toEqual(expected)
  })

  it('show where a source ends, also where others go on', () => {
    const reports = [report({ reachesBackTo: '2026-11-02T13:00:00.000Z' })]
    const { entries } = entriesOf([...NEWEST, ...OLDEST], reports, TOP, true)
    expect(rowsOf(entries)).toEqual(['d', 'c', 'reach', 'b', 'a'])
  })

  it('show a gap of a list without messages', () => {
    const reports = [report({ gaps: [{ from: '2026-09-01T00:00:00.000Z', to: '2026-09-02T00:00:00.000Z' }] })]
    expect(rowsOf(entriesOf([], reports, TOP, true).entries)).toEqual(['gap'])
  })

  it('show each mark once where times are a little out of order', () => {
    const jumping = [
      message('c', '2026-11-03T12:00:00.000Z'),
      message('b', '2026-11-01T12:00:00.000Z'),
      message('a', '2026-11-02T12:00:00.000Z'),
    ]
    const reports = [report({ gaps: [{ from: '2026-09-01T00:00:00.000Z', to: '2026-11-02T18:00:00.000Z' }] })]
    expect(rowsOf(entriesOf(jumping, reports, TOP, true).entries)).toEqual(['c', 'gap', 'b', 'a'])
  })
})
