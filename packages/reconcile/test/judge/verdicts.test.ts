import { describe, expect, test } from 'vitest'
import { findDisplaced } from '../../src/index.js'
import { ENTRY, findings, HOUR, MESSAGE, MINUTE, NOON, SECOND, verdicts } from '../support/findings.js'

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
