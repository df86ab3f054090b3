import { generateOctopodsRows, generateWacrRows } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { startUpstreams } from './support/upstreams.js'

const SPAN = { endAt: Date.parse('2026-10-25T12:00:00Z'), spanMs: 3 * 86_400_000 }
const octopods = { rows: generateOctopodsRows({ count: 40, seed: 1, ...SPAN }) }
const wacr = { rows: generateWacrRows({ count: 300, seed: 2, ...SPAN }) }

interface Counts {
  readonly total: number
  readonly groups: readonly { readonly count: number }[]
}

test('counts by all keys at once, and the groups add up to what a list has', async () => {
  const { ask } = await startUpstreams({ octopods, wacr })
  const { data, errors } = await ask(`{
    messages(first: 1) { totalCount }
    byDefault: messageCounts { total groups { count status period source { key } type direction failureCode } }
    all: messageCounts(by: [SOURCE, DAY, TYPE, STATUS, DIRECTION, FAILURE_CODE], timeZone: "Europe/Berlin") {
      total
      groups { count period source { key label } status type direction failureCode }
      sources { source { key } outcome completeness upstreamRequests }
    }
    failed: messageCounts(by: [], filter: { status: { eq: FAILED } }, search: "no such text") { total groups { count } }
  }`)
  expect(errors).toEqual([])
  const counts = data as unknown as Readonly<Record<'byDefault' | 'all' | 'failed', Counts>>
  expect(counts).toMatchObject({
    messages: { totalCount: 340 },
    byDefault: {
      total: 340,
      groups: expect.arrayContaining([
        {
          count: expect.any(Number),
          status: 'READ',
          period: null,
          source: null,
          type: null,
          direction: null,
          failureCode: null,
        },
      ]),
    },
    all: {
      total: 340,
      sources: [
        { source: { key: 'octo' }, outcome: 'OK', completeness: 'COMPLETE' },
        { source: { key: 'shop' }, outcome: 'OK' },
      ],
    },
    failed: { total: 0, groups: [] },
  })
  for (const { total, groups } of [counts.byDefault, counts.all]) {
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total)
  }
  // 2026-10-25 has 25 hours in Berlin, and begins at 22 o'clock of UTC.
  const periods = new Set(counts.all.groups.map((group) => (group as unknown as { period: string }).period))
  expect([...periods].toSorted()).toEqual([
    '2026-10-21T22:00:00.000Z',
    '2026-10-22T22:00:00.000Z',
    '2026-10-23T22:00:00.000Z',
    '2026-10-24T22:00:00.000Z',
  ])
})

test('a zone that does not exist is refused with the one that was meant, and no request is sent', async () => {
  const upstreams = await startUpstreams({ octopods, wacr })
  const { errors } = await upstreams.ask(`{ messageCounts(timeZone: "Europe/Berln") { total } }`)
  expect(errors).toMatchObject([
    {
      message: expect.stringMatching(/timeZone is "Europe\/Berln".* Did you mean Europe\/Berlin\?/),
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ])
  const budget = await upstreams.ask(`{ messageCounts(maxUpstreamRequests: 0) { total } }`)
  expect(budget.errors).toMatchObject([{ message: '`maxUpstreamRequests` must be at least 1, not 0.' }])
  expect([upstreams.octopods.log, upstreams.wacr.log]).toEqual([[], []])
})

test('a budget bounds all sources together, and the report says that more was to count', async () => {
  const { ask, octopods: octo, wacr: shop } = await startUpstreams({ octopods, wacr })
  const { data } = await ask(`{
    messageCounts(maxUpstreamRequests: 2) { total sources { source { key } completeness upstreamRequests } }
  }`)
  expect(octo.log.length + shop.log.length).toBe(2)
  expect(data).toMatchObject({
    messageCounts: {
      sources: expect.arrayContaining([expect.objectContaining({ completeness: 'BUDGET_SPENT' })]),
    },
  })
  const { errors } = await ask(
    `{ ${Array.from({ length: 11 }, (_, index) => `c${index}: messageCounts { total }`).join(' ')} }`,
  )
  expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }])
})
