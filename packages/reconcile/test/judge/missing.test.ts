import { describe, expect, test } from 'vitest'
import { findings, HOUR, MINUTE, NOON, SECOND, verdicts } from '../support/findings.js'

describe('an entry whose message is not there', () => {
  const gap = { source: 'shop', because: 'GAP', from: NOON + 9 * MINUTE, to: NOON + HOUR } as const

  test('is missing where nothing casts doubt on its window', async () => {
    const [finding] = await findings([{}], [])
    expect(finding).toMatchObject({ verdict: 'MISSING_THERE', confidence: 'CONFIRMED', message: null })
    const beside = { ...gap, from: NOON + 10 * MINUTE + 1 }
    expect(await verdicts([{}], [], { doubts: [beside] })).toEqual(['MISSING_THERE'])
  })

  test('cannot be judged where a gap touches its window, and the finding has the span', async () => {
    const [finding] = await findings([{}], [], { doubts: [gap] })
    expect(finding).toMatchObject({
      verdict: 'CANNOT_TELL',
      because: 'GAP',
      source: 'shop',
      span: { from: gap.from, to: gap.to },
      confidence: null,
    })
  })

  test('cannot be judged where another entry may have got its message, and has a gap in its own window', async () => {
    const later = { at: NOON + MINUTE }
    const message = { sentAt: NOON + 10 * SECOND }
    const lost = { ...gap, from: NOON - 100 * SECOND, to: NOON - 90 * SECOND }
    const [first, second] = await findings([{}, later], [message], { doubts: [lost] })
    expect(first).toMatchObject({ verdict: 'MATCHED' })
    expect(second).toMatchObject({
      verdict: 'CANNOT_TELL',
      because: 'GAP',
      span: { from: lost.from, to: lost.to },
    })
    // Without the gap one of the two is missing, and only their times show which.
    expect(await findings([{}, later], [message])).toMatchObject([
      { verdict: 'MATCHED' },
      { verdict: 'MISSING_THERE', confidence: 'SUGGESTED' },
    ])
    const untold = {
      sentAt: NOON - 90 * SECOND,
      to: null,
      upstreamId: '4710',
      whatsappId: null,
      id: 'global-0',
    }
    expect(await findings([{}, later], [untold, message])).toMatchObject([
      { verdict: 'MATCHED' },
      { verdict: 'CANNOT_TELL', because: 'NOT_TOLD' },
      { entry: null, verdict: 'CANNOT_TELL', because: 'NOT_TOLD' },
    ])
  })

  test('takes no message from the entry that it belongs to, where it lacks a field', async () => {
    const owner = { at: NOON + 539 * SECOND }
    const found = await findings([{ text: null }, owner], [{ sentAt: NOON + 540 * SECOND }])
    expect(found[1]).toMatchObject({ verdict: 'MATCHED', deltaSeconds: 1 })
  })

  test('the gravest of several doubts is given, whichever is first', async () => {
    const open = { source: 'octo', because: 'NOT_SETTLED', from: NOON, to: null } as const
    const failed = { source: 'octo', because: 'SOURCE_FAILED', from: null, to: null } as const
    const [finding] = await findings([{}], [], { doubts: [open, gap, failed] })
    expect(finding).toMatchObject({ because: 'SOURCE_FAILED', span: { from: null, to: null } })
  })

  test.each([{ to: null }, { text: null }])(
    'cannot be judged where a message lacks a field: %o',
    async (fields) => {
      const found = await findings([{}], [fields])
      expect(found).toMatchObject([
        { entry: 1, verdict: 'CANNOT_TELL', because: 'NOT_TOLD' },
        { entry: null, verdict: 'CANNOT_TELL', because: 'NOT_TOLD' },
      ])
    },
  )

  test('is missing where a message has a field that contradicts', async () => {
    const other = { to: null, text: 'Something else' }
    expect(await verdicts([{}], [other])).toEqual(['MISSING_THERE', 'MISSING_HERE'])
  })

  test('is outside where it is not in the span that is judged', async () => {
    const since = { since: NOON + 1 }
    expect(await verdicts([{}], [], since)).toEqual(['OUTSIDE'])
    // It still claims its message, which is nobody else's then.
    expect(await verdicts([{}, { at: NOON + MINUTE }], [{}], since)).toEqual(['OUTSIDE', 'MISSING_THERE'])
  })
})

describe('a message that no entry claims', () => {
  test('is missing in the log', async () => {
    const [finding] = await findings([], [{}])
    expect(finding).toMatchObject({
      entry: null,
      verdict: 'MISSING_HERE',
      confidence: 'CONFIRMED',
      rule: null,
    })
  })

  test('is only suggested to be missing at the edge of the log', async () => {
    const [finding] = await findings([], [{}], { since: NOON, until: NOON + HOUR })
    expect(finding).toMatchObject({ verdict: 'MISSING_HERE', confidence: 'SUGGESTED' })
  })

  test('is a duplicate where an entry within reach claims its like', async () => {
    const again = { id: 'global-2', upstreamId: '4712', sentAt: NOON + MINUTE }
    expect(await verdicts([{}], [{}, again])).toEqual(['MATCHED', 'DUPLICATE_THERE'])
    const later = { ...again, sentAt: NOON + HOUR }
    expect(await verdicts([{}], [{}, later])).toEqual(['MATCHED', 'MISSING_HERE'])
  })

  test('has no finding where it was received, or lies outside of the span', async () => {
    expect(await verdicts([], [{ direction: 'INBOUND' }])).toEqual([])
    expect(await verdicts([], [{}], { until: NOON })).toEqual([])
  })
})
