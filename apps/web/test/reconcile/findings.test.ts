import { expect, test } from 'vitest'
import { collectFindings, entriesOf } from '../../src/reconcile/findings.js'

function line(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ entry: 1, verdict: 'MATCHED', reasons: [], message: null, ...change })
}

test('findings are grouped by verdict: first what needs a person, last the messages that no entry claims', () => {
  const findings = collectFindings()
  findings.add(line({}))
  findings.add(line({ entry: 2, verdict: 'MISSING_THERE' }))
  findings.add(line({ entry: null, verdict: 'MISSING_HERE', message: 'abc' }))
  findings.add(line({ entry: 3, verdict: 'AMBIGUOUS', candidates: [{ message: 'a' }, { message: 'b' }] }))
  expect(findings.groups().map(({ verdict, count }) => [verdict, count])).toEqual([
    ['MISSING_THERE', 1],
    ['AMBIGUOUS', 1],
    ['MATCHED', 1],
    ['MISSING_HERE', 1],
  ])
  expect(findings.groups()[1]?.findings[0]?.messages).toEqual(['a', 'b'])
})

test('findings about entries and about messages without an entry are counted apart', () => {
  const findings = collectFindings()
  for (const entry of [1, null, 2, null, null]) findings.add(line({ entry }))
  expect([findings.entries, findings.unclaimed]).toEqual([2, 3])
})

test('a finding has what resembles it, and the entry that it repeats', () => {
  const findings = collectFindings()
  findings.add(line({ similarMessages: [{ message: 'a', differs: ['to', 'colour'] }, { source: 'octo' }] }))
  findings.add(line({ entry: null, similarEntries: [{ entry: 7, differs: ['text'] }, 'no object'] }))
  findings.add(line({ duplicateOf: 3, similarEntries: { entry: 7 } }))
  const [similar, resembled, repeated] = findings.groups()[0]?.findings ?? []
  expect(similar).toMatchObject({ similarMessages: [{ name: 'a', differs: ['to'] }], duplicateOf: null })
  expect(resembled).toMatchObject({ similarEntries: [{ name: 7, differs: ['text'] }] })
  expect(repeated).toMatchObject({ duplicateOf: 3, similarEntries: [], similarMessages: [] })
  expect(entriesOf(repeated ?? { entry: null, duplicateOf: null, similarEntries: [] })).toEqual([1, 3])
})

test('of the matched ones those are counted that failed', () => {
  const findings = collectFindings()
  for (const status of ['FAILED', 'READ', null, 'FAILED']) findings.add(line({ status }))
  findings.add(line({ verdict: 'STATUS_DIFFERS', status: 'FAILED' }))
  expect(findings.groups().map(({ verdict, failed }) => [verdict, failed])).toEqual([
    ['STATUS_DIFFERS', 0],
    ['MATCHED', 2],
  ])
})

test.each([
  [
    { from: '2026-11-03T10:00:00.000Z', to: '2026-11-03T12:00:00.000Z' },
    1_793_700_000_000,
    1_793_707_200_000,
  ],
  [{ from: null, to: '2026-11-03T12:00:00.000Z' }, null, 1_793_707_200_000],
  [{ from: '1970-01-01T00:00:00.000Z', to: null }, null, null],
  [{ from: 'soon', to: 7 }, null, null],
  [null, null, null],
  [undefined, null, null],
])('a reason has the span that it holds for: %j', (span, from, to) => {
  const findings = collectFindings()
  findings.add(line({ verdict: 'CANNOT_TELL', because: 'GAP', span }))
  expect(findings.groups()[0]?.findings[0]?.span).toEqual({ from, to })
})

test('a great many findings are all counted, and the first are kept', () => {
  const findings = collectFindings()
  for (let entry = 1; entry <= 5000; entry += 1) findings.add(line({ entry }))
  const [group] = findings.groups()
  expect(group?.count).toBe(5000)
  expect(group?.findings).toHaveLength(2000)
})

test.each(['{}', 'no JSON', '{"verdict":"__proto__"}'])('what is no finding is refused: %s', (text) => {
  expect(() => collectFindings().add(text)).toThrow(SyntaxError)
})
