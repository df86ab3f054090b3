import {
  COUNT_KEYS,
  type CountKey,
  type FilterClause,
  matchesFilter,
  matchesSearch,
  type Message,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  type MessageProvider,
  type TimeOperator,
} from '@waybill/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENGINES, type Place } from '../support/engines.js'
import { countOneByOne, sortedGroups } from '../../../../test/support/count-one-by-one.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { type Fixture, openFixture, SOURCE } from '../support/open.js'
import { readAll } from '../support/read-list.js'

const RUNS = Number(process.env['WAYBILL_COUNTS'] ?? 40)
const SEED = 20261025
const CODES = ['131026', '470', '', 'x'.repeat(900), `${'x'.repeat(899)}y`, '\uD83D\0', null]

/** Clocks with every oddity: half hours, quarters, changes at midnight, within an hour, of half an hour, over a day. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Monrovia',
  'Africa/Casablanca',
  'America/Caracas',
  'Asia/Pyongyang',
]

/** Moments around which clocks change, in one of the zones. */
const CHANGES = [
  '2006-10-29T02:31:00Z', // St. John's, one minute after midnight
  '2007-12-09T07:00:00Z', // Caracas, by half an hour
  '2011-12-30T10:00:00Z', // Apia skips a day
  '2017-10-15T03:00:00Z', // Sao Paulo skips midnight
  '2018-02-18T02:00:00Z', // Sao Paulo goes back across midnight
  '2018-05-04T15:00:00Z', // Pyongyang
  '2024-04-06T15:00:00Z', // Lord Howe, by half an hour
  '2024-04-06T14:00:00Z', // Chatham
  '2026-03-28T22:00:00Z', // Beirut skips midnight
  '2026-03-29T01:00:00Z', // Berlin
  '2026-10-25T01:00:00Z',
].map((text) => Date.parse(text))

const HOUR_MS = 3_600_000

const times: fc.Arbitrary<number> = fc.oneof(
  { arbitrary: near(HOUR_MS), weight: 3 },
  { arbitrary: near(30 * HOUR_MS), weight: 3 },
  { arbitrary: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2027, 0, 1) }), weight: 2 },
  { arbitrary: fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(1972, 1, 1) }), weight: 1 },
  // Before and after all that is counted in hours, and between two milliseconds.
  {
    arbitrary: fc.constantFrom(-1, -Date.UTC(2020, 0, 1), Date.UTC(2100, 0, 1), Date.UTC(2222, 6, 1), 0.5),
    weight: 1,
  },
)

function near(distance: number): fc.Arbitrary<number> {
  return fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -distance, max: distance }))
    .map(([change, away]) => change + (away % 3 === 0 ? Math.trunc(away / 900_000) * 900_000 : away))
}

const fields = fc.record({
  sentAt: times,
  status: fc.constantFrom(...MESSAGE_STATUSES, null),
  type: fc.constantFrom('TEXT' as const, 'IMAGE' as const, null),
  direction: fc.constantFrom(...MESSAGE_DIRECTIONS, null),
  failure: fc.option(fc.record({ code: fc.constantFrom(...CODES), reason: fc.constant('why') })),
  to: fc.constantFrom('+14155550100', '+493023125380', null),
  text: fc.constantFrom('An order', 'A greeting', null),
})

/** What was committed, in the order of time: many of them several times, with everything changed. */
const BATCHES: readonly (readonly Message[])[] = fc
  .sample(fc.array(fc.tuple(fc.nat(300), fields), { minLength: 150, maxLength: 150 }), {
    numRuns: 5,
    seed: SEED,
  })
  .map((batch) => [
    ...new Map(batch.map(([id, each]) => [id, message(String(id), each as Partial<Message>)])).values(),
  ])

const clauses: fc.Arbitrary<FilterClause> = fc.oneof(
  {
    arbitrary: fc.record({
      field: fc.constant('sentAt' as const),
      operator: fc.constantFrom<TimeOperator>('gt', 'gte', 'lt', 'lte'),
      value: times,
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      field: fc.constant('status' as const),
      operator: fc.constantFrom('in' as const, 'notIn' as const),
      values: fc.subarray([...MESSAGE_STATUSES]),
    }),
    weight: 3,
  },
  fc.record({
    field: fc.constantFrom('direction' as const, 'type' as const),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    values: fc.constantFrom(['INBOUND'], ['OUTBOUND'], ['TEXT']),
  }),
  fc.record({
    field: fc.constantFrom('to' as const, 'phone' as const),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    values: fc.constantFrom(['+14155550100'], ['+493023125380']),
  }),
)

const SORT = { field: 'createdAt', direction: 'asc' } as const
const ONE = { kind: 'cursor', after: null, limit: 1 } as const

const keys: fc.Arbitrary<CountKey[]> = fc
  .subarray([...COUNT_KEYS])
  .map((some) => (some.includes('HOUR') ? some.filter((key) => key !== 'DAY') : some))

describe.each(ENGINES)('$engine: counts', ({ createPlace }) => {
  let place: Place
  let fixture: Fixture
  let provider: MessageProvider
  let messages: readonly Message[]

  beforeAll(async () => {
    place = await createPlace()
    fixture = await openFixture(place)
    for (const [index, batch] of BATCHES.entries()) {
      await fixture.commit({ observedAt: index, messages: batch, deleted: [`${index}`, `${index + 50}`] })
    }
    provider = fixture.archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
    messages = await readAll(provider, {}, 500)
  })

  afterAll(async () => {
    await fixture.archive.close()
    await place[Symbol.asyncDispose]()
  })

  it('are those of the messages, one by one, in any filter and zone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(clauses, { maxLength: 3 }),
        fc.option(fc.constant('order'), { freq: 5 }),
        keys,
        fc.constantFrom(...ZONES),
        async (filter, search, by, timeZone) => {
          const found = messages.filter(
            (each) => matchesFilter(filter, each, SOURCE) && matchesSearch(each.text, search),
          )
          const { groups = [], untold } = (await provider.count?.({ filter, search, by, timeZone })) ?? {}
          expect(sortedGroups(groups)).toEqual(countOneByOne(found, by, timeZone))
          const { cursor } = await provider.list({ filter, search, sort: SORT, fields: null, page: ONE })
          expect(untold).toEqual(cursor?.untold)
        },
      ),
      {
        numRuns: RUNS,
        seed: SEED,
        // A bound at the very change of clocks that are three quarters of an hour from UTC.
        examples: (['lte', 'gte', 'lt', 'gt'] as const).map((operator) => {
          const bound: FilterClause = { field: 'sentAt', operator, value: Date.parse('2024-04-06T14:00:00Z') }
          const example: [FilterClause[], string | null, CountKey[], string] = [
            [bound],
            null,
            ['HOUR'],
            'Pacific/Chatham',
          ]
          return example
        }),
      },
    )
  })
})
