import { expect, test } from 'vitest'
import {
  createOctopodsTable,
  createTrickle,
  createWacrTable,
  generateWacrRows,
  startTrickle,
  type OctopodsTable,
  type WacrTable,
} from '../../src/index.js'
import { NOON, octopodsRow, wacrRow } from '../support/rows.js'

const HOUR = 3_600_000

interface Tables {
  readonly octopods: { readonly table: OctopodsTable }
  readonly wacr: { readonly table: WacrTable }
}

function tables(): Tables {
  const octopods = createOctopodsTable([octopodsRow(10)])
  return { octopods: { table: octopods }, wacr: { table: createWacrTable([wacrRow(10)]) } }
}

test('messages arrive at the rate that is asked for, after those that are there', () => {
  const { octopods, wacr } = tables()
  createTrickle({ octopods, wacr, ratePerMinute: 10, seed: 1 }, NOON).advance(NOON + HOUR)
  for (const { table } of [octopods, wacr]) {
    expect(table.size).toBeGreaterThan(500)
    expect(table.size).toBeLessThan(700)
    expect(table.nextId()).toBe(table.size + 10)
  }
})

test('statuses move on and never back', () => {
  const { octopods, wacr } = tables()
  const trickle = createTrickle({ octopods, wacr, ratePerMinute: 20, seed: 1 }, NOON)
  const seen = new Map<number, string[]>()
  for (let time = NOON; time <= NOON + HOUR / 4; time += 1000) {
    trickle.advance(time)
    for (const row of octopods.table.rows()) {
      const statuses = seen.get(row.messageId) ?? []
      if (statuses.at(-1) !== row.status) seen.set(row.messageId, [...statuses, row.status])
    }
  }
  const paths = new Set([...seen.values()].map((statuses) => statuses.join(' ')))
  expect(paths).toContain('SENT DELIVERED READ')
  expect(paths).toContain('SENT FAILED')
  // A change that follows within the second is seen together with the one before it.
  const possible = ['SENT', 'SENT DELIVERED', 'SENT READ', 'DELIVERED', 'DELIVERED READ', 'READ', 'FAILED']
  expect(possible.concat('SENT DELIVERED READ', 'SENT FAILED')).toStrictEqual(
    expect.arrayContaining([...paths]),
  )
  expect(new Set(wacr.table.rows().map((row) => row.status))).toContain('failed')
  const late = octopods.table.rows().filter((row) => row.updatedAt > NOON + HOUR / 4)
  expect(late).toStrictEqual([])
})

test('a message that is deleted stays deleted', () => {
  const { octopods } = tables()
  const trickle = createTrickle({ octopods, ratePerMinute: 60, seed: 1 }, NOON)
  trickle.advance(NOON + 60_000)
  for (const row of octopods.table.rows()) octopods.table.delete(row.messageId)
  trickle.advance(NOON + 60_000)
  expect(octopods.table.size).toBe(0)
})

test('the same seed and times make the same rows', () => {
  const [one, other] = [tables(), tables()]
  createTrickle({ ...one, ratePerMinute: 30, seed: 4 }, NOON).advance(NOON + HOUR)
  createTrickle({ ...other, ratePerMinute: 30, seed: 4 }, NOON).advance(NOON + HOUR)
  expect(one.octopods.table.rows()).toStrictEqual(other.octopods.table.rows())
  expect(one.wacr.table.rows()).toStrictEqual(other.wacr.table.rows())
})

test.each([1, 2, 3])('a conversation keeps its number when messages arrive with seed %i', (seed) => {
  const table = createWacrTable(generateWacrRows({ count: 2000, seed: 2, endAt: NOON }))
  createTrickle({ wacr: { table }, ratePerMinute: 10, seed }, NOON).advance(NOON + HOUR)
  const addresses = new Map<number, Set<string>>()
  for (const { interactionId, direction, senderId } of table.rows()) {
    if (interactionId === null || senderId === null || direction !== 'inbound') continue
    addresses.set(interactionId, (addresses.get(interactionId) ?? new Set()).add(senderId))
  }
  expect([...addresses.values()].filter((each) => each.size > 1)).toEqual([])
  expect(addresses.size).toBeGreaterThan(100)
})

test('it goes with the clock until it is stopped', async () => {
  const { wacr } = tables()
  const trickle = startTrickle({ wacr, ratePerMinute: 60_000, seed: 1 })
  await expect.poll(() => wacr.table.size).toBeGreaterThan(1)
  trickle.stop()
  const { size } = wacr.table
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(wacr.table.size).toBe(size)
})
