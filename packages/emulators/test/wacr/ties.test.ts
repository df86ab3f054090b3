import { describe, expect, test } from 'vitest'
import { createWacrTable, type WacrTable } from '../../src/index.js'
import { NOON, wacrRows } from '../support/rows.js'

const ROWS = wacrRows(40, (id) => ({ createdAt: NOON + Math.floor(id / 20) * 1000 }))

function ids(table: WacrTable, seed?: number): number[] {
  return table.page({ perPage: 40, ...(seed === undefined ? {} : { seed }) }).map((row) => row.id)
}

function orders(seed: number): number[][] {
  const table = createWacrTable(ROWS, { ties: 'shuffle', seed })
  return [ids(table), ids(table)]
}

describe('equal times', () => {
  test('come in another order in every select, and nothing but the order differs', () => {
    const table = createWacrTable(ROWS, { ties: 'shuffle' })
    const answers = Array.from({ length: 10 }, () => ids(table))
    expect(new Set(answers.map(String)).size).toBe(10)
    for (const answer of answers) {
      expect(answer[0]).toBe(40)
      expect(new Set(answer.slice(1, 21))).toStrictEqual(new Set(ROWS.slice(19, 39).map((row) => row.id)))
      expect(new Set(answer)).toStrictEqual(new Set(ROWS.map((row) => row.id)))
    }
  })

  test('repeat and lose rows between two pages', () => {
    const table = createWacrTable(ROWS, { ties: 'shuffle' })
    const walks = Array.from({ length: 10 }, () =>
      [1, 2, 3, 4].flatMap((page) => table.page({ page, perPage: 10 })),
    )
    expect(walks.map((walk) => walk.length)).toStrictEqual(Array.from({ length: 10 }, () => 40))
    expect(walks.some((walk) => new Set(walk).size < 40)).toBe(true)
  })

  test('come in the same orders again from a table with the same seed, in others with another', () => {
    expect(orders(5)).toStrictEqual(orders(5))
    expect(orders(5)).not.toStrictEqual(orders(6))
  })

  test('stay put for one call by its own seed, and for all calls when they are stable', () => {
    const table = createWacrTable(ROWS, { ties: 'shuffle' })
    expect(ids(table, 9)).toStrictEqual(ids(table, 9))
    table.settings.ties = 'stable'
    expect(ids(table)).toStrictEqual(ROWS.map((row) => row.id).toReversed())
  })
})
