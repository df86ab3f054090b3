import { createHash } from 'node:crypto'
import {
  type FilterClause,
  matchesFilter,
  matchesSearch,
  MAX_PREFIX_LENGTH,
  type Message,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageSort,
  type TimeOperator,
  type ValueField,
} from '@waybill/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toIdKey } from '../../src/database/encoding.js'
import { withContacts } from '../support/contact-oracle.js'
import { ENGINES, type Place } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { type Fixture, openFixture, SOURCE } from '../support/open.js'
import { readAll, readPage } from '../support/read-list.js'
import { searchesIn, texts } from '../support/texts.js'

const SEED = 20260424
const COUNT = 400
const RUNS = Number(process.env['WAYBILL_QUERIES'] ?? 200)
const TEXTS = [null, ...fc.sample(texts, { numRuns: 120, seed: SEED })]
/** Longer than what an index holds, even compressed. */
const LONG = createHash('shake256', { outputLength: 2000 }).digest('hex')
const PHONES = [
  '+14155552671',
  'shop-bot',
  'a,b',
  '\0',
  '\uD83D',
  '',
  null,
  `${LONG}1`,
  `${LONG}2`,
  LONG.slice(0, 400),
  '\uD7FF\uFFFF',
  '\uFFFF',
  '\uFFFF\uFFFFa',
  '+14155552\0',
  '+1415',
]
const CONVERSATIONS = ['7', '8', '007', 'seven', '\uDE00\0', null]
const STATUSES = [...MESSAGE_STATUSES, null]
const TYPES = [...MESSAGE_TYPES, null]
const DIRECTIONS = [...MESSAGE_DIRECTIONS, null]

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T
}

/** Every field changes at its own pace; four messages share a time, and some ids are no integers. */
const MESSAGES: readonly Message[] = withContacts(
  Array.from({ length: COUNT }, (_, index) =>
    message(index % 9 === 0 ? `id-${index}\uD83D` : String(index * 7), {
      sentAt: 1_000_000 + Math.floor(index / 4) * 1000,
      text: pick(TEXTS, index * 5),
      status: pick(STATUSES, index),
      type: pick(TYPES, Math.floor(index / 3)),
      direction: pick(DIRECTIONS, Math.floor(index / 2)),
      from: pick(PHONES, Math.floor(index / 5)),
      to: pick(PHONES, index * 3),
      interactionId: pick(CONVERSATIONS, Math.floor(index / 7)),
    }),
  ),
)

/** What the upstream order of changes is: the messages came in batches, in an order of their own. */
const CHANGED_AT = new Map(MESSAGES.map(({ upstreamId }, index) => [upstreamId, 5000 - (index % 13) * 10]))

const VALUES: Readonly<Record<Exclude<ValueField, 'source'>, readonly (string | null)[]>> = {
  status: STATUSES,
  type: TYPES,
  direction: DIRECTIONS,
  interactionId: CONVERSATIONS,
  from: PHONES,
  to: PHONES,
  phone: PHONES,
  contact: PHONES,
}

const valueClauses: fc.Arbitrary<FilterClause> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[])),
    fc.constantFrom('eq' as const, 'ne' as const, 'in' as const, 'notIn' as const),
  )
  .chain(([field, operator]) => {
    const single = operator === 'eq' || operator === 'ne'
    const length = single ? { minLength: 1, maxLength: 1 } : { maxLength: 5 }
    const value = fc.constantFrom(...VALUES[field].filter((each) => each !== null), 'no such value')
    return fc.record({
      field: fc.constant(field),
      operator: fc.constant(operator),
      values: fc.array(value, length),
    })
  })

/** Whole values, beginnings of any length, and what is nothing's beginning. */
const prefixClauses: fc.Arbitrary<FilterClause> = fc
  .constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[]))
  .chain((field) => {
    const values = VALUES[field].filter((each) => each !== null)
    const prefix = fc
      .tuple(fc.constantFrom(...values, 'no such value', '\uFFFF', '\uD7FF'), fc.nat(MAX_PREFIX_LENGTH))
      .map(([value, length]) => value.slice(0, length))
    return fc.record({
      field: fc.constant(field),
      operator: fc.constant('startsWith' as const),
      values: fc.tuple(prefix),
    })
  })

const timeClauses: fc.Arbitrary<FilterClause> = fc.record({
  field: fc.constant('sentAt' as const),
  operator: fc.constantFrom<TimeOperator>('gt', 'gte', 'lt', 'lte'),
  value: fc.integer({ min: -2, max: COUNT / 4 + 2 }).map((step) => 1_000_000 + step * 1000),
})

const filters = fc.array(
  fc.oneof(
    { arbitrary: valueClauses, weight: 4 },
    { arbitrary: prefixClauses, weight: 2 },
    { arbitrary: timeClauses, weight: 1 },
  ),
  { maxLength: 3 },
)
const searches = fc.option(searchesIn(TEXTS.filter((text) => text !== null)), { freq: 1 })
const sorts: fc.Arbitrary<MessageSort> = fc.record({
  field: fc.constantFrom('createdAt', 'updatedAt'),
  direction: fc.constantFrom('asc', 'desc'),
})

function expected(filter: readonly FilterClause[], search: string | null, sort: MessageSort): string[] {
  const found = MESSAGES.filter(
    (each) => matchesFilter(filter, each, SOURCE) && matchesSearch(each.text, search),
  )
  const timeOf = (each: Message): number =>
    sort.field === 'createdAt' ? each.sentAt : (CHANGED_AT.get(each.upstreamId) ?? 0)
  const byPlace = (a: Message, b: Message): number =>
    timeOf(a) - timeOf(b) ||
    Buffer.compare(Buffer.from(toIdKey(a.upstreamId)), Buffer.from(toIdKey(b.upstreamId)))
  const sorted = found.toSorted(byPlace)
  return (sort.direction === 'asc' ? sorted : sorted.toReversed()).map(({ upstreamId }) => upstreamId)
}

describe.each(ENGINES)('$engine: a list', ({ createPlace }) => {
  let place: Place
  let fixture: Fixture

  beforeAll(async () => {
    place = await createPlace()
    fixture = await openFixture(place)
    for (const observedAt of new Set(CHANGED_AT.values())) {
      const messages = MESSAGES.filter(({ upstreamId }) => CHANGED_AT.get(upstreamId) === observedAt)
      await fixture.commit({ observedAt, messages })
    }
  })

  afterAll(async () => {
    await fixture.archive.close()
    await place[Symbol.asyncDispose]()
  })

  it(
    'has the rows that the filter and the search select, in order, on pages of any size',
    async () => {
      const provider = fixture.archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
      let found = 0
      await fc.assert(
        fc.asyncProperty(
          filters,
          searches,
          sorts,
          fc.integer({ min: 1, max: 500 }),
          async (filter, search, sort, limit) => {
            const ids = expected(filter, search, sort)
            const size = Math.max(limit, Math.ceil(ids.length / 20))
            const messages = await readAll(provider, { filter, search, sort }, size)
            expect(messages.map(({ upstreamId }) => upstreamId)).toEqual(ids)
            const { cursor } = await readPage(provider, { filter, search, sort }, null, 1)
            expect(cursor?.total).toBe(ids.length)
            found += ids.length
          },
        ),
        { numRuns: RUNS, seed: SEED },
      )
      // The property says little where hardly anything matches.
      expect(found).toBeGreaterThan(RUNS * 10)
    },
    180_000 + RUNS * 400,
  )

  it('has whole messages, or all but the raw one', async () => {
    const provider = fixture.archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
    const byId = new Map(MESSAGES.map((each) => [each.upstreamId, each]))
    for (const each of await readAll(provider, {}, 90)) expect(each).toEqual(byId.get(each.upstreamId))
    const { messages } = await readPage(provider, { fields: new Set(['text', 'status']) })
    for (const each of messages) expect(each).toEqual({ ...byId.get(each.upstreamId), raw: null })
  })
})
