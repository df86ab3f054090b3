import { describe, expect, test } from 'vitest'
import { createOctopodsTable, createWacrTable } from '../../src/index.js'
import { NOON, octopodsRow, octopodsRows, wacrRow } from '../support/rows.js'

describe('a table', () => {
  test('refuses an id that is taken and an id that changes', () => {
    const table = createWacrTable([wacrRow(1)])
    expect(() => table.insert(wacrRow(1))).toThrow('There is a row with the id 1 already')
    const patch: object = { id: 2 }
    expect(() => table.update(1, patch)).toThrow('An id cannot be changed')
  })

  test('keeps the order of insertion, counts its changes and never reuses an id', () => {
    const table = createWacrTable([wacrRow(5), wacrRow(2)])
    const before = table.version
    table.update(5, { status: 'read' })
    table.insert(wacrRow(9))
    table.delete(9)
    expect(table.version).toBe(before + 3)
    expect(table.rows().map((row) => row.id)).toStrictEqual([5, 2])
    expect(table.nextId()).toBe(10)
    expect(table.get(5)?.status).toBe('read')
    expect(table.get(9)).toBeUndefined()
  })

  test('leaves rows that were read before a change as they were', () => {
    const table = createWacrTable([wacrRow(1)])
    const [read] = table.page()
    table.update(1, { status: 'failed' })
    expect(read?.status).toBe('sent')
  })
})

describe("Octopods' table", () => {
  test('gives the newest first, equal times by id', () => {
    const table = createOctopodsTable(octopodsRows(6, (id) => ({ createdAt: NOON + (id % 2) * 1000 })))
    expect(table.select({ limit: 4 }).map((row) => row.messageId)).toStrictEqual([5, 3, 1, 6])
    table.update(6, { createdAt: NOON + 5000 })
    table.insert(octopodsRow(7, { createdAt: NOON }))
    table.delete(5)
    expect(table.select().map((row) => row.messageId)).toStrictEqual([6, 3, 1, 7, 4, 2])
  })

  test('shuffles equal times when set to', () => {
    const table = createOctopodsTable(
      octopodsRows(30, () => ({ createdAt: NOON })),
      { ties: 'shuffle' },
    )
    const orders = Array.from({ length: 5 }, () => table.select({ limit: 10 }).map((row) => row.messageId))
    expect(new Set(orders.map(String)).size).toBe(5)
    expect(table.select({ seed: 4 })).toStrictEqual(table.select({ seed: 4 }))
  })
})
