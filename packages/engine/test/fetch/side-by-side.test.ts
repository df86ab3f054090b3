import type { WacrEmulator } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

/** Keeps every request open until `count` are, at all of the emulators together; from then on all are answered. */
function untilOpen(count: number, ...emulators: readonly WacrEmulator[]): { readonly most: () => number } {
  const enough = Promise.withResolvers<void>()
  let [open, most] = [0, 0]
  for (const { onRequest, onSelected } of emulators) {
    onRequest(async () => {
      open += 1
      most = Math.max(most, open)
      if (open === count) enough.resolve()
      await enough.promise
    })
    onSelected(() => void (open -= 1))
  }
  return { most: () => most }
}

it('asks all sources at the same time', async () => {
  const shops = await Promise.all(['a', 'b', 'c'].map((id) => startWacr(id, { rows: wacrRows(30) })))
  const { most } = untilOpen(3, ...shops.map(({ emulator }) => emulator))
  const engine = createEngine({ sources: shops.map(({ source }) => source) })
  const page = await engine.messages({ first: 90, fields: new Set(['text']) })
  expect(page.edges).toHaveLength(90)
  expect(most()).toBe(3)
})

it('asks for both streams at the same time where the direction is learned', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const { most } = untilOpen(2, shop.emulator)
  const page = await createEngine({ sources: [shop.source] }).messages({
    first: 10,
    fields: new Set(['direction']),
  })
  expect(page.edges).toHaveLength(10)
  expect(most()).toBe(2)
})

it.each([2, 3, 4])(
  'asks for pages that do not depend on each other at the same time, as many as the source may: %i',
  async (concurrency) => {
    const shop = await startWacr('shop', { rows: wacrRows(1000) }, { limits: { concurrency, retries: 0 } })
    const engine = createEngine({ sources: [shop.source] })
    // The first page tells how many there are.
    const first = await engine.messages({ first: 50, fields: new Set(['text']) })
    const { most } = untilOpen(concurrency, shop.emulator)
    const after = first.pageInfo.endCursor
    const page = await engine.messages({ first: 500, fields: new Set(['text']), after })
    expect(idsOf(page.edges)).toEqual(Array.from({ length: 500 }, (_, index) => String(950 - index)))
    expect(most()).toBe(concurrency)
  },
)
