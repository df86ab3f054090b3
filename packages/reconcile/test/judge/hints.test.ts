import { describe, expect, test } from 'vitest'
import {
  type Finding,
  type HistoryMessage,
  type LogEntry,
  Reconciler,
  reconcile,
  type ReconcileOptions,
  reconcileWith,
} from '../../src/index.js'
import { ENTRY, MESSAGE as SHARED, MINUTE, NOON, SECOND } from '../support/findings.js'

const OPTIONS = { now: NOON + 1440 * MINUTE, doubts: [] }

const MESSAGE: HistoryMessage = {
  ...SHARED,
  sentAt: NOON + 3 * SECOND,
  raw: { id: 4711, reference: 'order-17' },
}

function comparison(
  entries: readonly Partial<LogEntry>[],
  messages: readonly Partial<HistoryMessage>[],
): { entries: LogEntry[]; messages: HistoryMessage[] } {
  return {
    entries: entries.map((each, index) => ({ ...ENTRY, entry: index + 1, ...each })),
    messages: messages
      .map((each, index) => ({
        ...MESSAGE,
        id: `global-${index + 1}`,
        upstreamId: `${4711 + index}`,
        ...each,
      }))
      .toSorted((a, b) => a.sentAt - b.sentAt),
  }
}

async function findings(
  entries: readonly Partial<LogEntry>[],
  messages: readonly Partial<HistoryMessage>[],
  options: Partial<ReconcileOptions> = {},
): Promise<Finding[]> {
  const found: Finding[] = []
  for await (const each of reconcile(comparison(entries, messages), { ...OPTIONS, ...options }))
    found.push(each)
  return found.toSorted((a, b) => (a.entry ?? Infinity) - (b.entry ?? Infinity))
}

describe('an entry without a message', () => {
  test.each<[string, Partial<LogEntry>, Partial<HistoryMessage>, string[]]>([
    ['the number is wrong', { to: '+4930123457' }, {}, ['to']],
    ['the text was changed', { text: 'Your code is 1235' }, {}, ['text']],
    ['the id is wrong', { id: '9' }, {}, ['id']],
    ['the id and the number are wrong', { id: '9', to: '+4930123457' }, {}, ['id', 'to']],
    ["WhatsApp's id and the text differ", { whatsappId: 'wamid.B', text: 'x' }, {}, ['whatsappId', 'text']],
    ['the reference is another one', { reference: 'order-18', text: null }, {}, ['reference']],
    [
      'an earlier text is the logged one',
      { to: '+4930123457' },
      { text: 'x', pastTexts: ['Your code is 1234'] },
      ['to'],
    ],
    ['the text has markup', { to: '+4930123457' }, { text: '<b>Your code</b> is 1234' }, ['to']],
  ])(
    'names the message that resembles it, and the other way round: %s',
    async (_, entry, message, differs) => {
      const [ours, theirs, ...others] = await findings([entry], [message])
      const { deltaSeconds } = { deltaSeconds: 3 }
      const reference = { source: 'shop', upstreamId: '4711', message: 'global-1' }
      expect(ours?.message).toBe(null)
      expect(ours?.similarMessages).toEqual([{ ...reference, deltaSeconds, differs }])
      expect(theirs).toMatchObject({ entry: null, message: 'global-1' })
      expect(theirs?.similarEntries).toEqual([{ entry: 1, deltaSeconds, differs }])
      expect(others).toEqual([])
    },
  )

  test.each<[string, Partial<LogEntry>, Partial<HistoryMessage>]>([
    ['has neither its number nor its text', { to: '+4930123457', text: 'x' }, {}],
    ['is outside of its window', { to: '+4930123457' }, { sentAt: NOON + 11 * MINUTE }],
    ['was received', { to: '+4930123457' }, { direction: 'INBOUND' }],
  ])('names no message that %s', async (_, entry, message) => {
    for (const finding of await findings([entry], [message])) {
      expect(finding).not.toHaveProperty('similarMessages')
      expect(finding).not.toHaveProperty('similarEntries')
    }
  })

  test('names no message that another entry has', async () => {
    const found = await findings([{}, { to: '+4930123457' }], [{}])
    expect(found.map(({ verdict }) => verdict)).toEqual(['MATCHED', 'MISSING_THERE'])
    expect(found[1]).not.toHaveProperty('similarMessages')
  })

  test('names three at most: those with number and text first, then the nearest', async () => {
    const [finding] = await findings(
      [{ id: '9' }],
      [
        { text: 'a', sentAt: NOON + 1 * SECOND },
        { text: 'b', sentAt: NOON + 2 * SECOND },
        { text: 'c', sentAt: NOON - 3 * SECOND },
        { sentAt: NOON + 9 * MINUTE },
      ],
    )
    expect(finding?.similarMessages?.map(({ message }) => message)).toEqual([
      'global-4',
      'global-1',
      'global-2',
    ])
  })

  test('has the same verdict as without the message that resembles it', async () => {
    const [alone] = await findings([{ to: '+4930123457' }], [])
    const [finding] = await findings([{ to: '+4930123457' }], [{}])
    const { similarMessages, ...rest } = finding ?? {}
    expect(similarMessages).toHaveLength(1)
    expect(rest).toEqual(alone)
  })

  test('has its hints also where the history has a gap', async () => {
    const gap = { source: 'shop', because: 'GAP', from: NOON, to: NOON } as const
    const [finding] = await findings([{ to: '+4930123457' }], [{}], { doubts: [gap] })
    expect(finding).toMatchObject({ because: 'GAP', similarMessages: [{ differs: ['to'] }] })
  })

  test('resembles a message also where it is logged later than the message was sent', async () => {
    const found = await findings(
      [{ to: '+4930123457', at: NOON + 90 * SECOND }, { at: NOON + 60 * MINUTE }],
      [{ sentAt: NOON }],
    )
    expect(found.at(-1)).toMatchObject({ entry: null, similarEntries: [{ entry: 1, deltaSeconds: -90 }] })
  })

  test('has the same hints where the comparison is interrupted at any place', async () => {
    const parts = comparison(
      [{ to: '+4930123457' }, { at: NOON + MINUTE, text: 'x' }, { at: NOON + 60 * MINUTE }],
      [{}, { to: '+4930123458', sentAt: NOON + 2 * MINUTE, text: null }],
    )
    const whole: Finding[] = []
    for await (const each of reconcile(parts, OPTIONS)) whole.push(each)
    expect(whole.filter((each) => 'similarMessages' in each || 'similarEntries' in each)).toHaveLength(3)
    let reconciler = new Reconciler(OPTIONS)
    const found: Finding[] = []
    const items = [...parts.entries, ...parts.messages].toSorted((a, b) => timeOf(a) - timeOf(b))
    for (const item of items) {
      found.push(...('entry' in item ? reconciler.addEntry(item) : reconciler.addMessage(item)))
      reconciler = new Reconciler(OPTIONS, reconciler.checkpoint())
    }
    for await (const rest of reconcileWith(reconciler, { entries: [], messages: [] })) found.push(...rest)
    expect(found).toEqual(whole)
  })
})

function timeOf(item: LogEntry | HistoryMessage): number {
  return 'entry' in item ? (item.at ?? 0) : item.sentAt
}

describe('a field that a source does not list', () => {
  test.each<[string, Partial<LogEntry>, Partial<HistoryMessage>, string[]]>([
    ['the number', {}, { to: null }, ['to: not listed']],
    ['the text', {}, { text: null }, ['text: not listed']],
    ['number and text', {}, { to: null, text: null }, ['to: not listed', 'text: not listed']],
    [
      "WhatsApp's id",
      { whatsappId: 'wamid.B' },
      { whatsappId: null, text: null },
      ['whatsappId: not listed', 'text: not listed'],
    ],
    [
      'the reference',
      { reference: 'order-18', to: null, text: null },
      { raw: undefined },
      ['reference: not listed'],
    ],
  ])('is named where it would decide: %s', async (_, entry, message, reasons) => {
    expect(await findings([entry], [message])).toMatchObject([
      { entry: 1, verdict: 'CANNOT_TELL', because: 'NOT_TOLD', reasons },
      { entry: null, verdict: 'CANNOT_TELL', because: 'NOT_TOLD', reasons },
    ])
  })

  test('is named for an entry without a time, too', async () => {
    const [finding] = await findings([{ at: null, whatsappId: 'wamid.B' }], [{ whatsappId: null }])
    expect(finding).toMatchObject({ because: 'NOT_TOLD', reasons: ['whatsappId: not listed'] })
  })

  test('is not named where an entry names nothing that could be listed', async () => {
    const [finding] = await findings([{ to: null, text: null }], [{ to: null }])
    expect(finding).toMatchObject({ because: 'NOT_TOLD', reasons: [] })
  })

  test('leaves a message undecided that was sent before its entry was logged', async () => {
    const later = { at: NOON + 30 * MINUTE, to: '+4930999999' }
    const found = await findings(
      [{ at: NOON + MINUTE }, later],
      [
        { to: null, sentAt: NOON },
        { sentAt: NOON + 14 * MINUTE, to: '+4930888888' },
      ],
    )
    expect(found[0]).toMatchObject({ entry: 1, because: 'NOT_TOLD' })
    expect(found.find(({ message }) => message === 'global-1')).toMatchObject({ because: 'NOT_TOLD' })
  })
})

describe('a message that is logged twice', () => {
  test.each<[string, Partial<LogEntry>[], number]>([
    ['by its id', [{ id: '4711' }, { id: '4711', at: NOON + SECOND }], 1],
    ["by WhatsApp's id", [{ whatsappId: 'wamid.A' }, { whatsappId: 'wamid.A', at: NOON + SECOND }], 1],
    ['in two equal entries', [{}, {}], 1],
    [
      'by its id, without times',
      [
        { at: null, id: '4711' },
        { at: null, id: '4711' },
      ],
      1,
    ],
    ['by its id, first without a time', [{ at: null, id: '4711' }, { id: '4711' }], 2],
  ])('has a finding that names the entry that has it: %s', async (_, entries, duplicateOf) => {
    const found = await findings(entries, [{}])
    expect(found.filter(({ verdict }) => verdict === 'DUPLICATE_HERE')).toMatchObject([{ duplicateOf }])
    expect(found.find(({ entry }) => entry === duplicateOf)).toMatchObject({ verdict: 'MATCHED' })
  })

  test('is named by displaced entries, too', async () => {
    const displaced = new Map(
      [1, 2].map((entry) => [entry, { ...MESSAGE, sentAt: NOON + 120 * MINUTE }] as const),
    )
    const found = await findings([{ id: '4711' }, { id: '4711' }], [{ sentAt: NOON + 120 * MINUTE }], {
      displaced,
    })
    expect(found).toMatchObject([{ verdict: 'FIELD_DIFFERS' }, { verdict: 'DUPLICATE_HERE', duplicateOf: 1 }])
  })
})
