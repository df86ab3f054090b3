import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { startUpstreams } from '../support/upstreams.js'
import { downFrom, readList } from './reading.js'

const ASC = { sort: { direction: 'ASC' } } as const

/** The ids from `low` up to `high`. */
function upFrom(low: number, high: number): number[] {
  return downFrom(high, low).toReversed()
}

describe('the endCursor of a list that has ended', () => {
  test.each([0, 1, 60, 100, 234])('goes on where it ended, after %i rows', async (count) => {
    const upstreams = await startUpstreams({ wacr: { rows: downFrom(count).map((id) => plainWacrRow(id)) } })
    let end = await readList(upstreams, { ...ASC, first: 50 })
    expect(end.ids).toEqual(upFrom(1, count))
    let next = count + 1
    for (const arrivals of [34, 0, 1, 150]) {
      for (const id of upFrom(next, next + arrivals - 1)) upstreams.wacr.table.insert(plainWacrRow(id))
      end = await readList(upstreams, { ...ASC, first: 50, after: end.endCursor })
      expect(end.ids).toEqual(upFrom(next, next + arrivals - 1))
      expect(end.reports.at(-1)).toMatchObject({ completeness: 'COMPLETE', warnings: [] })
      next += arrivals
    }
  })

  test('goes on also when the last rows were deleted, and with rows of the very same time', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: downFrom(120).map((id) => plainWacrRow(id)) } })
    const { table } = upstreams.wacr
    const end = await readList(upstreams, ASC)
    const lastTime = plainWacrRow(120).createdAt
    for (const id of [118, 119, 120]) table.delete(id)
    for (const id of [121, 122]) table.insert(plainWacrRow(id, { createdAt: lastTime }))
    for (const id of upFrom(123, 140)) table.insert(plainWacrRow(id))
    const more = await readList(upstreams, { ...ASC, after: end.endCursor })
    expect(more.ids.toSorted((a, b) => a - b)).toEqual(upFrom(121, 140))
  })

  test('goes on in all sources, and where the direction is learned', async () => {
    const upstreams = await startUpstreams({
      octopods: { rows: downFrom(20).map((id) => plainOctopodsRow(id)) },
      wacr: {
        rows: downFrom(130, 101).map((id) =>
          plainWacrRow(id, { direction: id % 3 === 0 ? 'inbound' : 'outbound' }),
        ),
      },
    })
    const reading = { ...ASC, filter: {}, select: 'direction', first: 7 }
    const end = await readList(upstreams, reading)
    expect(end.ids.toSorted((a, b) => a - b)).toEqual([...upFrom(1, 20), ...upFrom(101, 130)])
    for (const id of upFrom(21, 40))
      upstreams.octopods.table.insert(plainOctopodsRow(id, { createdAt: Date.UTC(2026, 4, 1) + id * 1000 }))
    for (const id of upFrom(131, 164))
      upstreams.wacr.table.insert(plainWacrRow(id, { direction: id % 2 === 0 ? 'inbound' : 'outbound' }))
    const more = await readList(upstreams, { ...reading, after: end.endCursor })
    expect(more.ids.toSorted((a, b) => a - b)).toEqual([...upFrom(21, 40), ...upFrom(131, 164)])
  })

  test('goes on in a descending list with what was put in behind its end', async () => {
    const upstreams = await startUpstreams({
      wacr: { rows: downFrom(150, 51).map((id) => plainWacrRow(id)) },
    })
    const end = await readList(upstreams)
    for (const id of downFrom(50)) upstreams.wacr.table.insert(plainWacrRow(id))
    for (const id of upFrom(151, 160)) upstreams.wacr.table.insert(plainWacrRow(id))
    const more = await readList(upstreams, { after: end.endCursor })
    expect(more.ids).toEqual(downFrom(50))
  })

  test('goes on with a filter, of which nothing matched before', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: downFrom(40).map((id) => plainWacrRow(id)) } })
    const reading = { ...ASC, filter: { source: { eq: 'shop' }, status: { eq: 'FAILED' } } }
    const end = await readList(upstreams, reading)
    expect(end.ids).toEqual([])
    for (const id of upFrom(41, 60)) {
      upstreams.wacr.table.insert(plainWacrRow(id, { status: id % 2 === 0 ? 'failed' : 'sent' }))
    }
    const more = await readList(upstreams, { ...reading, after: end.endCursor })
    expect(more.ids).toEqual(upFrom(41, 60).filter((id) => id % 2 === 0))
  })
})
