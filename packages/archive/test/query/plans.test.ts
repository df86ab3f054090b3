import type { FilterClause, Message, MessageSort, TimeOperator, ValueField } from '@waybill/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../src/open/archive.js'
import { writeCursor } from '../../src/query/cursor.js'
import { ENGINES, type Place } from '../support/engines.js'
import { message } from '../support/messages.js'
import { type Fixture, openFixture, SOURCE } from '../support/open.js'
import type { Question } from '../support/read-list.js'
import { type ExplainedSource, explainedSource, type Step } from '../support/recorded-plans.js'

const COUNT = 50_000
const BEGIN = Date.UTC(2026, 0, 1)
const BUSINESS = '+14155550100'
const PAGE = 50

/** Two thousand conversations, one business and a thousand others; one text is rare, and another common. */
const MESSAGES: readonly Message[] = Array.from({ length: COUNT }, (_, index) =>
  message(String(index), {
    sentAt: timeOf(index),
    status: index % 50 === 0 ? 'FAILED' : index % 3 === 0 ? 'DELIVERED' : 'READ',
    type: index % 40 === 0 ? 'IMAGE' : 'TEXT',
    from: index % 2 === 0 ? BUSINESS : `+4915100${index % 1000}`,
    to: index % 2 === 0 ? `+4915100${index % 1000}` : BUSINESS,
    interactionId: String(index % 2000),
    text:
      index % 10_000 === 77
        ? 'Where is my umbrella?'
        : index % 3 === 0
          ? 'Your order is on its way'
          : 'OK, thanks',
  }),
)

function timeOf(index: number): number {
  return BEGIN + index * 60_000
}

const eq = (field: ValueField, ...values: string[]): FilterClause => ({ field, operator: 'in', values })
const sent = (operator: TimeOperator, index: number): FilterClause => ({
  field: 'sentAt',
  operator,
  value: timeOf(index),
})
const sorted = (field: MessageSort['field'], direction: MessageSort['direction']): MessageSort => ({
  field,
  direction,
})
const NEWEST = sorted('createdAt', 'desc')
const OLDEST = sorted('createdAt', 'asc')
const CHANGED = sorted('updatedAt', 'desc')
const EVERYTHING = { filter: [], search: null, sort: NEWEST, fields: null } as const

type Case = readonly [
  name: string,
  question: Question,
  /** What its page may look at, in messages. */
  most: number,
  indexes: readonly string[],
]

const TIME = 'messages_by_time'
const CHANGE = 'messages_by_change'
const KEY = 'primary key'
/** A page in the order of an index looks at its own rows and the next one. */
const DIRECT = PAGE + 1
/** The next rows of the list, which are tried first where several ways lead to the rows. */
const NEAR = 1000 + 20 * (PAGE + 1)
const NEAR_TEXT = 4000 + 20 * (PAGE + 1)

const CASES: readonly Case[] = [
  ['everything, newest first', {}, DIRECT, [TIME]],
  ['everything, oldest first', { sort: OLDEST }, DIRECT, [TIME]],
  ['everything, last changed first', { sort: CHANGED }, DIRECT, [CHANGE]],
  ['everything, first changed first', { sort: sorted('updatedAt', 'asc') }, DIRECT, [CHANGE]],
  ['a span', { filter: [sent('gte', 1000), sent('lt', 49_000)] }, DIRECT, [TIME]],
  ['a span, oldest first', { sort: OLDEST, filter: [sent('gt', 1000), sent('lte', 49_000)] }, DIRECT, [TIME]],
  ['a status', { filter: [eq('status', 'READ')] }, DIRECT, ['messages_by_status_time']],
  ['statuses', { filter: [eq('status', 'READ', 'FAILED', 'SENT')] }, 3 * DIRECT, ['messages_by_status_time']],
  [
    'a status in a span',
    { filter: [eq('status', 'READ'), sent('lt', 49_000)] },
    DIRECT,
    ['messages_by_status_time'],
  ],
  [
    'a status and a direction in a span',
    { filter: [eq('status', 'FAILED'), eq('direction', 'OUTBOUND'), sent('gte', 1000), sent('lt', 49_000)] },
    DIRECT,
    ['messages_by_status_time'],
  ],
  ['a conversation', { filter: [eq('interactionId', '77')] }, DIRECT, ['messages_by_interaction_id_time']],
  [
    'either party',
    { filter: [eq('phone', BUSINESS)] },
    2 * DIRECT,
    ['messages_by_sender_time', 'messages_by_recipient_time'],
  ],
  ['a contact', { filter: [eq('contact', '+4915100777')] }, DIRECT, ['messages_by_contact_time']],
  [
    'a contact in a span',
    { filter: [eq('contact', '+4915100777'), sent('gte', 1000), sent('lt', 49_000)] },
    DIRECT,
    ['messages_by_contact_time'],
  ],
  ['a sender that there is not', { filter: [eq('from', '+999')] }, DIRECT, ['messages_by_sender_time']],
  [
    'the beginning of few senders',
    { filter: [{ field: 'from', operator: 'startsWith', values: ['+4915100777'] }] },
    NEAR + 3 * 50,
    [TIME, KEY, 'messages_by_sender_time'],
  ],
  [
    'the beginning of half of the senders',
    { filter: [{ field: 'from', operator: 'startsWith', values: ['+49'] }] },
    NEAR,
    [TIME, 'messages_by_sender_time'],
  ],
  [
    'a beginning that no sender has',
    { filter: [{ field: 'from', operator: 'startsWith', values: ['+99'] }] },
    NEAR,
    [TIME, 'messages_by_sender_time'],
  ],
  ['a common word', { search: 'order' }, 4 * DIRECT, [TIME, KEY]],
  ['two characters', { search: 'OK' }, 4 * DIRECT, [TIME]],
  [
    'what is neither of a status',
    { filter: [{ field: 'status', operator: 'ne', values: ['READ'] }] },
    4 * DIRECT,
    [TIME],
  ],
  [
    'a status, last changed first',
    { sort: CHANGED, filter: [eq('status', 'READ')] },
    4 * DIRECT,
    [CHANGE, KEY],
  ],
  [
    'a conversation, last changed first',
    { sort: CHANGED, filter: [eq('interactionId', '77')] },
    NEAR + 3 * 25,
    [CHANGE, KEY, 'messages_by_interaction_id_time'],
  ],
  [
    'a span, last changed first',
    { sort: CHANGED, filter: [sent('gte', 30_000), sent('lt', 30_100)] },
    NEAR + 3 * 100,
    [CHANGE, KEY, TIME],
  ],
  ['a rare word', { search: 'umbrella' }, NEAR_TEXT + 4 * 5, [TIME, KEY]],
  [
    'a rare word of a status',
    { search: 'umbrella', filter: [eq('status', 'READ', 'DELIVERED')] },
    NEAR_TEXT + 4 * 5,
    [TIME, KEY, 'messages_by_status_time'],
  ],
  [
    'few of a type and a status',
    { filter: [eq('status', 'FAILED'), eq('type', 'IMAGE')] },
    NEAR + 4 * 1250,
    [TIME, KEY, 'messages_by_status_time', 'messages_by_type_time'],
  ],
]

function sumOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}

describe.each(ENGINES)('$engine: a page of a large list', ({ engine, createPlace }) => {
  let place: Place
  let fixture: Fixture
  let source: ExplainedSource

  beforeAll(async () => {
    place = await createPlace()
    fixture = await openFixture(place)
    for (let first = 0; first < COUNT; first += 5000) {
      await fixture.commit({ observedAt: timeOf(first), messages: MESSAGES.slice(first, first + 5000) })
    }
    // As PostgreSQL does by itself a while after.
    if (engine === 'postgres')
      await sql`vacuum analyze waybill.messages`.execute(databaseOf(fixture.archive).db)
    source = explainedSource(fixture.archive, SOURCE)
  })

  afterAll(async () => {
    await fixture.archive.close()
    await place[Symbol.asyncDispose]()
  })

  async function expectPlan([, question, most, indexes]: Case, after: string | null): Promise<void> {
    const page = { kind: 'cursor', after, limit: PAGE } as const
    await source.provider.list({ ...EVERYTHING, ...question, page })
    const steps = await source.explain()
    expect(steps.length).toBeGreaterThan(0)
    // SQLite says which index it goes by, and PostgreSQL, which weighs all of them, how many rows it looked at.
    const used = [...new Set(steps.map(({ index }) => index))]
    if (engine === 'sqlite') expect([KEY, ...indexes]).toEqual(expect.arrayContaining(used))
    else expect(sumOf(steps)).toBeLessThanOrEqual(most + 2 * PAGE)
  }

  it.each(CASES)('the first: %s', (...each) => expectPlan(each, null))

  it.each(CASES)('one in the middle: %s', (...each) => {
    const index = COUNT / 2
    const { sort = NEWEST } = each[1]
    const time = sort.field === 'createdAt' ? timeOf(index) : timeOf(index - (index % 5000))
    return expectPlan(each, writeCursor(sort, { time, upstreamId: String(index) }))
  })

  it('is found where each clause holds for many rows, and all of them for few', async () => {
    const filter: FilterClause[] = [
      eq('status', 'READ', 'FAILED'),
      { field: 'type', operator: 'ne', values: ['TEXT'] },
    ]
    const { ids, cursor } = await pageOf({ filter, search: 'order' }, null)
    const found = Array.from({ length: Math.ceil(COUNT / 600) }, (_, index) =>
      String(index * 600),
    ).toReversed()
    expect(ids).toEqual(found.slice(0, PAGE))
    expect((await pageOf({ filter, search: 'order' }, cursor)).ids).toEqual(found.slice(PAGE))
    expect((await pageOf({ filter: [eq('status', 'READ')], search: 'order' }, null)).ids).toEqual([])
  })

  async function pageOf(
    question: Question,
    after: string | null,
  ): Promise<{ readonly ids: readonly string[]; readonly cursor: string | null }> {
    const page = { kind: 'cursor', after, limit: PAGE } as const
    const { messages, cursor } = await source.provider.list({ ...EVERYTHING, ...question, page })
    return { ids: messages.map(({ upstreamId }) => upstreamId), cursor: cursor?.cursors.at(-1) ?? null }
  }
})
