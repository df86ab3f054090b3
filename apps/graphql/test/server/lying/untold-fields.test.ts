import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { startUpstreams, type Upstreams } from '../support/upstreams.js'
import { downFrom, readList } from './reading.js'

const NUMBER = '+14155552671'

/** WA.cr does not tell who a message went to, and of every third one not who sent it. Octopods tells the recipient alone. */
function start(): Promise<Upstreams> {
  return startUpstreams({
    octopods: { rows: downFrom(30).map((id) => plainOctopodsRow(id)) },
    wacr: {
      rows: downFrom(90).map((id) =>
        plainWacrRow(id, { senderId: id % 3 === 0 ? null : id % 3 === 1 ? '14155552671' : '14155550000' }),
      ),
    },
  })
}

/** Filters by a field that WA.cr never tells. */
const UNTOLD: readonly object[] = [
  { to: { eq: NUMBER } },
  { to: { in: [NUMBER, '+14155550000'] } },
  { to: { ne: NUMBER } },
  { to: { notIn: [NUMBER] } },
  { to: { notIn: [] } },
  { to: { eq: NUMBER }, status: { eq: 'FAILED' } },
]

describe('a filter by the recipient', () => {
  test.each(UNTOLD)(
    'is not listed by WA.cr, so no answer from there is called complete: %j',
    async (filter) => {
      const upstreams = await start()
      const { ids, reports, warnings } = await readList(upstreams, {
        filter: { source: { eq: 'shop' }, ...filter },
      })
      expect(ids).toEqual([])
      expect(reports).toMatchObject([{ outcome: 'PRUNED', completeness: 'NOT_TOLD', upstreamRequests: 0 }])
      expect(warnings).toMatchObject([{ code: 'FIELD_NOT_TOLD', field: 'to' }])
      expect(upstreams.wacr.log).toEqual([])
    },
  )

  test('does not hide what another source lists', async () => {
    const { nodes, reports } = await readList(await start(), {
      filter: { to: { eq: NUMBER } },
      select: 'source { key }',
    })
    expect(nodes).toHaveLength(30)
    expect(reports).toMatchObject([{ completeness: 'NOT_TOLD' }])
  })
})

describe('a filter by either party', () => {
  test.each([{ phone: { eq: NUMBER } }, { phone: { in: [NUMBER] } }])(
    'gives the rows with a sender, and warns that others may match: %j',
    async (filter) => {
      const { ids, reports, warnings } = await readList(await start(), {
        filter: { source: { eq: 'shop' }, ...filter },
      })
      expect(ids).toEqual(downFrom(90).filter((id) => id % 3 === 1))
      expect(reports.at(-1)?.completeness).toBe('NOT_TOLD')
      expect(warnings).toContainEqual(expect.objectContaining({ code: 'FIELD_NOT_TOLD', field: 'to' }))
    },
  )

  test.each([{ phone: { ne: NUMBER } }, { phone: { notIn: [NUMBER] } }])(
    'gives what is known, and warns: %j',
    async (filter) => {
      const { ids, reports } = await readList(await start(), {
        filter: { source: { eq: 'shop' }, ...filter },
      })
      expect(ids).toEqual(downFrom(90).filter((id) => id % 3 === 2))
      expect(reports.at(-1)?.completeness).toBe('NOT_TOLD')
    },
  )
})

test('a sender that only some messages have is NOT_TOLD, with how many', async () => {
  const filter = { source: { eq: 'shop' }, from: { eq: NUMBER } }
  const { ids, reports, warnings } = await readList(await start(), { filter })
  expect(ids).toEqual(downFrom(90).filter((id) => id % 3 === 1))
  expect(warnings).toMatchObject([{ code: 'FIELD_NOT_TOLD', field: 'from', count: 30 }])
  expect(reports[0]?.completeness).toBe('NOT_TOLD')
})

test.each([
  ['octo', { from: { eq: NUMBER } }, 'from'],
  ['octo', { interactionId: { eq: 7 } }, 'interactionId'],
] as const)('%s: %j is not told either', async (source, filter, field) => {
  const { ids, reports, warnings } = await readList(await start(), {
    source,
    filter: { source: { eq: source }, ...filter },
  })
  expect(ids).toEqual([])
  expect(reports).toMatchObject([{ outcome: 'PRUNED', completeness: 'NOT_TOLD' }])
  expect(warnings).toMatchObject([{ code: 'FIELD_NOT_TOLD', field }])
})

test.each([
  { to: { in: [] } },
  { to: { eq: NUMBER }, status: { in: [] } },
  { interactionId: { eq: 'abc' } },
  { source: { eq: 'shop' }, to: { eq: null } },
])('nothing is untold where nothing can match, or nothing is asked: %j', async (filter) => {
  const { reports } = await readList(await start(), { filter: { source: { eq: 'shop' }, ...filter } })
  expect(reports[0]).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
})
