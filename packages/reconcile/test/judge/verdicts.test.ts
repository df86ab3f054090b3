import { describe, expect, test } from 'vitest'
import {
  type Finding,
  findDisplaced,
  type HistoryMessage,
  type LogEntry,
  reconcile,
  type ReconcileOptions,
} from '../../src/index.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const NOON = Date.parse('2026-10-05T12:00:00Z')

const ENTRY: LogEntry = { entry: 1, at: NOON, to: '+4930123456', text: 'Your code is 1234' }
const MESSAGE: HistoryMessage = {
  id: 'global-1',
  source: 'shop',
  upstreamId: '4711',
  whatsappId: 'wamid.A',
  direction: 'OUTBOUND',
  status: 'DELIVERED',
  text: 'Your code is 1234',
  to: '+4930123456',
  sentAt: NOON + 3200,
  raw: { id: 4711, meta: { reference: 'order-17' } },
}

async function findings(
  entries: readonly Partial<LogEntry>[],
  messages: readonly Partial<HistoryMessage>[],
  options: Partial<ReconcileOptions> = {},
): Promise<Finding[]> {
  const log = entries.map((each, index) => ({ ...ENTRY, entry: index + 1, ...each }))
  const history = messages.map((each) => ({ ...MESSAGE, ...each })).toSorted((a, b) => a.sentAt - b.sentAt)
  const found: Finding[] = []
  const run = reconcile(
    { entries: log, messages: history },
    { now: NOON + 24 * HOUR, doubts: [], ...options },
  )
  for await (const each of run) found.push(each)
  return found.toSorted((a, b) => (a.entry ?? Infinity) - (b.entry ?? Infinity))
}

async function verdicts(...parameters: Parameters<typeof findings>): Promise<string[]> {
  return (await findings(...parameters)).map(({ verdict }) => verdict)
}

describe('an entry whose message is there', () => {
  test('is matched, and the finding names the message', async () => {
    expect(await findings([{}], [{}])).toEqual([
      {
        entry: 1,
        verdict: 'MATCHED',
        rule: 'text',
        confidence: 'SUGGESTED',
        source: 'shop',
        upstreamId: '4711',
        message: 'global-1',
        deltaSeconds: 3.2,
        status: 'DELIVERED',
        reasons: [],
      },
    ])
  })

  test.each([
    ['id', { id: '4711' }],
    ['whatsappId', { whatsappId: 'wamid.A' }],
    ['reference', { reference: 'order-17' }],
  ])('is confirmed by %s, without number and text', async (rule, fields) => {
    const [finding] = await findings([{ to: null, text: null, ...fields }], [{}])
    expect(finding).toMatchObject({ verdict: 'MATCHED', rule, confidence: 'CONFIRMED' })
  })

  test('is found by a number in another spelling, and a text with markup', async () => {
    const entry = { to: '4930123456', text: ' Your  code is 1234' }
    expect(await verdicts([entry], [{ text: '<p>Your code&nbsp;is <b>1234</b></p>' }])).toEqual(['MATCHED'])
  })

  test.each([
    ['DELIVERED', 'SENT', 'MATCHED'],
    ['READ', 'DELIVERED', 'MATCHED'],
    ['READ', null, 'MATCHED'],
    ['FAILED', 'SENT', 'STATUS_DIFFERS'],
    ['DELIVERED', 'READ', 'STATUS_DIFFERS'],
    ['DELIVERED', 'FAILED', 'STATUS_DIFFERS'],
    ['SENT', 'DELIVERED', 'PENDING'],
    ['UNKNOWN', null, 'PENDING'],
    [null, 'DELIVERED', 'MATCHED'],
  ] as const)('status %s in the history, %s in the log: %s', async (theirs, ours, verdict) => {
    expect(await verdicts([{ status: ours }], [{ status: theirs }])).toEqual([verdict])
  })

  test('is stale once its status should be final', async () => {
    const late = { now: NOON + 80 * HOUR }
    expect(await verdicts([{}], [{ status: 'SENT' }], late)).toEqual(['STALE'])
    expect(await verdicts([{ status: 'DELIVERED' }], [{ status: 'SENT' }], late)).toEqual(['STATUS_DIFFERS'])
    expect(await verdicts([{}], [{ status: 'SENT' }], { ...late, finalAfterMs: 100 * HOUR })).toEqual([
      'PENDING',
    ])
  })

  test('names the fields that differ where an identifier matches', async () => {
    const [finding] = await findings(
      [{ id: '4711', text: 'Another', to: '+49301234567', status: 'FAILED' }],
      [{}],
    )
    expect(finding).toMatchObject({
      verdict: 'FIELD_DIFFERS',
      rule: 'id',
      reasons: ['to: differs', 'text: differs', 'status: FAILED in the log, DELIVERED in the history'],
    })
  })

  test('is found by the text that it had before it was edited', async () => {
    const edited = { text: 'Your code is 5678', pastTexts: ['Your code is 1234'] }
    const [finding] = await findings([{}], [edited])
    expect(finding).toMatchObject({ verdict: 'FIELD_DIFFERS', rule: 'text', reasons: ['text: was edited'] })
  })

  test.each([{ status: 'DELETED' as const }, { deletedAt: NOON + HOUR }])(
    'was deleted: %o',
    async (fields) => {
      expect(await verdicts([{}], [fields])).toEqual(['DELETED_THERE'])
    },
  )
})

describe('one to one', () => {
  test('of two equal entries with one message, the nearer one is matched and the other is missing', async () => {
    expect(await verdicts([{}, { at: NOON + 30 * SECOND }], [{}])).toEqual(['MATCHED', 'MISSING_THERE'])
    const second = { sentAt: NOON + 31 * SECOND }
    expect(await verdicts([{}, { at: NOON + 30 * SECOND }], [second])).toEqual(['MISSING_THERE', 'MATCHED'])
  })

  test('an entry that equals a matched one in every field is its duplicate', async () => {
    expect(await verdicts([{}, {}], [{}])).toEqual(['MATCHED', 'DUPLICATE_HERE'])
    expect(await verdicts([{}, {}], [])).toEqual(['MISSING_THERE', 'MISSING_THERE'])
    expect(await verdicts([{}, {}], [{}, { id: 'global-2', upstreamId: '4712' }])).toEqual([
      'MATCHED',
      'MATCHED',
    ])
  })

  test('entries with one id are duplicates, whatever else they have', async () => {
    const again = { id: '4711', at: NOON + MINUTE, text: null }
    expect(await verdicts([{ id: '4711' }, again], [{}])).toEqual(['MATCHED', 'DUPLICATE_HERE'])
  })

  test('a message right between two entries is ambiguous for both, and is named', async () => {
    const found = await findings([{}, { at: NOON + 20 * SECOND }], [{ sentAt: NOON + 10 * SECOND }])
    const candidates = [{ source: 'shop', upstreamId: '4711', message: 'global-1' }]
    expect(found).toMatchObject([
      { verdict: 'AMBIGUOUS', confidence: null, candidates },
      { verdict: 'AMBIGUOUS', confidence: null, candidates },
    ])
  })

  test('equally near messages of different verdict are ambiguous, of the same verdict they are not', async () => {
    const pair = [
      { sentAt: NOON - 10 * SECOND },
      { sentAt: NOON + 10 * SECOND, id: 'global-2', upstreamId: '4712' },
    ]
    expect(await verdicts([{}], pair)).toEqual(['MATCHED', 'DUPLICATE_THERE'])
    const [first, second] = pair
    const [finding, ...others] = await findings([{}], [{ ...first, status: 'SENT' }, { ...second }])
    expect(finding).toMatchObject({
      verdict: 'AMBIGUOUS',
      candidates: [{ upstreamId: '4711' }, { upstreamId: '4712' }],
    })
    expect(others).toEqual([])
  })

  test('of two messages with one id in two sources, number and text decide', async () => {
    const other = { source: 'octo', id: 'global-2', whatsappId: null, text: 'Something else' }
    const [finding, rest] = await findings([{ id: '4711' }], [other, {}])
    expect(finding).toMatchObject({ verdict: 'MATCHED', source: 'shop' })
    expect(rest).toMatchObject({ entry: null, verdict: 'MISSING_HERE', source: 'octo' })
    expect(await verdicts([{ id: '4711', text: null, to: null }], [other, {}])).toEqual(['AMBIGUOUS'])
  })

  test('a message that two sources list is matched once', async () => {
    const other = { source: 'octo', id: 'global-2', upstreamId: '9' }
    expect(await verdicts([{ whatsappId: 'wamid.A' }], [other, {}])).toEqual(['MATCHED', 'DUPLICATE_THERE'])
  })

  test('an entry that names an id is no other message, however equal', async () => {
    expect(await verdicts([{ id: '9' }], [{}])).toEqual(['MISSING_THERE', 'MISSING_HERE'])
  })

  test('an earlier rule takes precedence over a nearer message', async () => {
    const near = { id: 'global-2', upstreamId: '4712', sentAt: NOON }
    const [finding] = await findings([{ id: '4711' }], [{ sentAt: NOON + 5 * MINUTE }, near])
    expect(finding).toMatchObject({ verdict: 'MATCHED', upstreamId: '4711' })
  })

  test('of several messages with one reference, the text decides', async () => {
    const shipped = { id: 'global-2', upstreamId: '4712', text: 'Shipped', sentAt: NOON + 4000 }
    const entries = [
      { reference: 'order-17', text: 'Shipped' },
      { reference: 'order-17', at: NOON + 3000 },
    ]
    const found = await findings(entries, [{}, shipped])
    expect(found.map(({ rule, upstreamId }) => [rule, upstreamId])).toEqual([
      ['reference', '4712'],
      ['reference', '4711'],
    ])
  })

  test('a short reference has to be a whole value', async () => {
    expect(await verdicts([{ reference: '17', text: null }], [{}])).toEqual(['CANNOT_TELL', 'CANNOT_TELL'])
  })
})

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

describe('entries out of the order of time', () => {
  test('without a time, match by identifier wherever the message is', async () => {
    const found = await findings(
      [{ at: null, id: '4711' }, { at: null, id: '4711' }, { at: null, id: '9' }, { at: null }],
      [{ sentAt: NOON + 40 * HOUR }],
      { doubts: [{ source: 'shop', because: 'BEYOND_REACH', from: null, to: 0 }] },
    )
    expect(found.map(({ verdict }) => verdict)).toEqual([
      'MATCHED',
      'DUPLICATE_HERE',
      'CANNOT_TELL',
      'CANNOT_TELL',
    ])
  })

  test('without a time, cannot be judged where a message that nobody claims lacks the identifier', async () => {
    const entries = [
      { at: null, whatsappId: 'wamid.B' },
      { at: null, id: '9' },
    ]
    const untold = await findings(entries, [{ whatsappId: null }])
    expect(untold.map(({ verdict, because }) => because ?? verdict)).toEqual([
      'NOT_TOLD',
      'MISSING_THERE',
      'MISSING_HERE',
    ])
    expect(await verdicts(entries, [{}])).toEqual(['MISSING_THERE', 'MISSING_THERE', 'MISSING_HERE'])
  })

  test('with a message outside of the window, match where it was looked up before', async () => {
    const history = { ...MESSAGE, sentAt: NOON + 2 * HOUR }
    const displaced = await findDisplaced([{ ...ENTRY, id: '4711' }], async ({ ids }) =>
      ids.includes('4711') ? [history] : [],
    )
    const [finding, ...others] = await findings([{ id: '4711' }], [history], { displaced })
    expect(finding).toMatchObject({
      verdict: 'FIELD_DIFFERS',
      rule: 'id',
      reasons: ['at: 7200 s apart, outside of the window'],
    })
    expect(others).toEqual([])
    const withoutTime = await verdicts([{ at: null, id: '4711' }, { id: '4711' }], [history], {
      displaced: new Map([[2, history]]),
    })
    expect(withoutTime).toEqual(['MATCHED', 'DUPLICATE_HERE'])
    const twice = await verdicts([{ id: '4711' }, { at: NOON + 2 * HOUR, id: '4711' }], [history], {
      displaced,
    })
    expect(twice).toEqual(['DUPLICATE_HERE', 'MATCHED'])
  })

  test('are refused where their order is broken', async () => {
    const entries = [{}, { at: NOON - 1 }]
    await expect(verdicts(entries, [])).rejects.toThrow('Entry 2 is earlier than what was added before it')
  })
})

describe('options', () => {
  test.each([
    [{ window: { beforeMs: -1 } }, '"window.beforeMs" is -1'],
    [{ finalAfterMs: 0.5 }, '"finalAfterMs" is 0.5'],
    [{ since: 2, until: 1 }, '"since" is later than "until"'],
  ])('that cannot be are refused: %o', async (options, message) => {
    await expect(verdicts([], [], options)).rejects.toThrow(message)
  })
})
