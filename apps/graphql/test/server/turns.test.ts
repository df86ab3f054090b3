import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { createTurns, type Turn } from '../../src/server/limits/turns.js'

afterEach(() => {
  vi.useRealTimers()
})

/** Somebody who asked for a turn. */
interface Asked {
  /** Whether it came. */
  has(): Promise<boolean>
}

async function ask(turn: Turn): Promise<Asked> {
  let has = false
  void turn.take().then(() => (has = true))
  await setImmediate()
  return {
    has: async () => {
      await setImmediate()
      return has
    },
  }
}

test('a caller who has many operations waits for their own, and no other caller does', async () => {
  const turnOf = createTurns()
  const turns = Array.from({ length: 4 }, () => turnOf('many'))
  const asked: Asked[] = []
  for (const turn of turns) asked.push(await ask(turn))
  const have = (): Promise<boolean[]> => Promise.all(asked.map(({ has }) => has()))
  expect(await have()).toEqual([true, true, false, false])
  expect(await (await ask(turnOf('other'))).has()).toBe(true)

  turns[1]?.giveBack()
  turns[1]?.giveBack()
  expect(await have()).toEqual([true, true, true, false])
  turns[0]?.giveBack()
  expect(await have()).toEqual([true, true, true, true])
})

test('who gave a turn back waits for it like everybody', async () => {
  const turnOf = createTurns()
  const [first, second, third] = [turnOf('a'), turnOf('a'), turnOf('a')]
  await first.take()
  await second.take()
  const next = await ask(third)
  first.giveBack()
  expect(await next.has()).toBe(true)
  const again = await ask(first)
  expect(await again.has()).toBe(false)
  third.giveBack()
  expect(await again.has()).toBe(true)
})

test('a turn that is kept for a second goes over to the next', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const turnOf = createTurns()
  await turnOf('a').take()
  await turnOf('a').take()
  const next = await ask(turnOf('a'))
  expect(await next.has()).toBe(false)
  vi.advanceTimersByTime(1000)
  expect(await next.has()).toBe(true)
})
