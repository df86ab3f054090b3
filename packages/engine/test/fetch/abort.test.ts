import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { idsOf } from '../support/traverse.js'
import { startWacr } from '../support/upstreams.js'
import { wacrRows } from '../support/wacr-rows.js'

const QUERY = { first: 10, fields: new Set(['text'] as const) }

/** A tenant whose requests wait until told otherwise, and what becomes of them. */
async function startHeld() {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  shop.emulator.onRequest(async () => {
    arrived.resolve()
    await released.promise
  })
  return { shop, arrived: arrived.promise, release: released.resolve }
}

it('rejects with the reason of whoever goes away, and cancels what nobody waits for any more', async () => {
  const { shop, arrived, release } = await startHeld()
  const engine = createEngine({ sources: [shop.source] })
  const leaving = new AbortController()
  const answer = engine.messages({ ...QUERY, signal: leaving.signal })
  await arrived
  const reason = new Error('the client left')
  leaving.abort(reason)
  await expect(answer).rejects.toBe(reason)
  // Another one does not get the answer to the cancelled request, but one of its own.
  const second = engine.messages(QUERY)
  release()
  expect(idsOf((await second).edges)).toHaveLength(10)
  expect(shop.emulator.log).toHaveLength(2)
})

it('goes on for the others when one goes away', async () => {
  const { shop, arrived, release } = await startHeld()
  const engine = createEngine({ sources: [shop.source] })
  const leaving = new AbortController()
  const first = engine.messages({ ...QUERY, signal: leaving.signal })
  const others = [engine.messages(QUERY), engine.messages({ ...QUERY, signal: new AbortController().signal })]
  await arrived
  leaving.abort(new Error('the client left'))
  await expect(first).rejects.toThrow('the client left')
  release()
  for (const page of await Promise.all(others)) expect(page.edges).toHaveLength(10)
  expect(shop.emulator.log).toHaveLength(1)
})

it('sends nothing for a client that is gone already', async () => {
  const shop = await startWacr('shop', { rows: wacrRows(30) })
  const engine = createEngine({ sources: [shop.source] })
  const reason = { toString: () => 'gone' }
  await expect(engine.messages({ ...QUERY, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  await expect(engine.message('shop', '7', AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(shop.emulator.log).toEqual([])
})

it('does not take a client that leaves for a failed source, under PARTIAL', async () => {
  const { shop, arrived, release } = await startHeld()
  const engine = createEngine({ sources: [shop.source] })
  const leaving = new AbortController()
  const answer = engine.messages({ ...QUERY, onSourceError: 'PARTIAL', signal: leaving.signal })
  await arrived
  leaving.abort(new Error('the client left'))
  await expect(answer).rejects.toThrow('the client left')
  release()
})

it('cancels the requests of the other sources when one fails, under FAIL', async () => {
  const { shop, arrived, release } = await startHeld()
  const north = await startWacr('north', { rows: wacrRows(30) })
  north.emulator.onRequest(() => arrived)
  north.emulator.faults.next({ kind: 'status', status: 503 })
  const engine = createEngine({ sources: [shop.source, north.source] })
  await expect(engine.messages(QUERY)).rejects.toMatchObject({ source: 'north' })
  const next = engine.messages(QUERY)
  release()
  expect((await next).edges).toHaveLength(10)
  expect(shop.emulator.log).toHaveLength(2)
})
