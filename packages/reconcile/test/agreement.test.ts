import { expect, test } from 'vitest'
import { agreementOf, DIFFERENCES, type Finding, printFinding, VERDICTS } from '../src/index.js'

test.each([
  [{}, 'AGREES'],
  [{ MATCHED: 3, PENDING: 1, OUTSIDE: 2 }, 'AGREES'],
  [{ MATCHED: 3, CANNOT_TELL: 1 }, 'UNKNOWN'],
  [{ CANNOT_TELL: 1, STALE: 1 }, 'DIFFERS'],
] as const)('%j: %s', (verdicts, expected) => {
  expect(agreementOf({ entries: 9, unclaimed: 0, verdicts, matchedFailed: 0 })).toBe(expected)
})

test('which verdicts are differences can be chosen', () => {
  const summary = { entries: 2, unclaimed: 1, verdicts: { MATCHED: 2, MISSING_HERE: 1 }, matchedFailed: 0 }
  expect(agreementOf(summary)).toBe('DIFFERS')
  expect(agreementOf(summary, ['MISSING_THERE'])).toBe('AGREES')
})

test('every verdict is a difference, except those for agreement and for what is not known', () => {
  const others = VERDICTS.filter((verdict) => !DIFFERENCES.includes(verdict))
  expect(others).toEqual(['MATCHED', 'PENDING', 'OUTSIDE', 'CANNOT_TELL'])
})

test('a finding is written with its times in ISO 8601', () => {
  const finding: Finding = {
    entry: 12,
    verdict: 'CANNOT_TELL',
    rule: null,
    confidence: null,
    source: 'shop',
    upstreamId: null,
    message: null,
    deltaSeconds: null,
    status: null,
    reasons: [],
    because: 'GAP',
    span: { from: 0, to: null },
  }
  expect(printFinding(finding)).toBe(
    '{"entry":12,"verdict":"CANNOT_TELL","rule":null,"confidence":null,"source":"shop","upstreamId":null,' +
      '"message":null,"deltaSeconds":null,"status":null,"reasons":[],"because":"GAP",' +
      '"span":{"from":"1970-01-01T00:00:00.000Z","to":null}}',
  )
})
