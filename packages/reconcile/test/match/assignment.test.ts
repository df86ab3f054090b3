import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Alignment, type GroupEntry, type GroupMessage } from '../../src/match/assignment.js'
import { allMatchings, compareCosts, costOf, keepsOrder } from './exhaustive.js'

const times = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 5 })
const group = fc.record({
  entryTimes: times,
  messageTimes: times,
  window: fc.record({ beforeMs: fc.integer({ min: 0, max: 5 }), afterMs: fc.integer({ min: 0, max: 9 }) }),
  isRanked: fc.boolean(),
})

function prepare({
  entryTimes,
  messageTimes,
  isRanked,
}: typeof group extends fc.Arbitrary<infer T> ? T : never) {
  const sorted = entryTimes.toSorted((a, b) => a - b)
  const entries = sorted.map((time, index) => ({
    time,
    rank: isRanked ? index - sorted.indexOf(time) : 0,
    whatsappId: null,
  }))
  const messages = messageTimes.toSorted((a, b) => a - b).map(messageAt)
  return { entries, messages }
}

test('the chosen assignment is as good as the best of all, crossing ones included', () => {
  fc.assert(
    fc.property(group, (drawn) => {
      const { entries, messages } = prepare(drawn)
      const { chosen } = new Alignment(entries, messages, drawn.window).assign()
      const costs = allMatchings(entries, messages, drawn.window).map((each) =>
        costOf(each, entries, messages),
      )
      const [best] = costs.toSorted(compareCosts)
      expect(costOf(chosen, entries, messages)).toEqual(best)
      expect(new Set(chosen.filter((at) => at !== -1)).size).toBe(chosen.filter((at) => at !== -1).length)
    }),
    { numRuns: 3000, seed: 1 },
  )
})

test('the options are exactly the pairs of all best assignments that keep the order', () => {
  fc.assert(
    fc.property(group, (drawn) => {
      const { entries, messages } = prepare(drawn)
      const { options, mayLack } = new Alignment(entries, messages, drawn.window).assign()
      const ordered = allMatchings(entries, messages, drawn.window)
        .filter(keepsOrder)
        .map((matching) => ({ matching, cost: costOf(matching, entries, messages) }))
        .toSorted((a, b) => compareCosts(a.cost, b.cost))
      const [best] = ordered
      const equal = ordered.filter(({ cost }) => best !== undefined && compareCosts(cost, best.cost) === 0)
      for (const index of entries.keys()) {
        const given = new Set(equal.map(({ matching }) => matching[index] ?? -1))
        expect([...(options[index] ?? [])]).toEqual(
          [...given].filter((at) => at !== -1).toSorted((a, b) => a - b),
        )
        expect(mayLack[index]).toBe(given.has(-1))
      }
    }),
    { numRuns: 3000, seed: 2 },
  )
})

function entryAt(time: number): GroupEntry {
  return { time, rank: 0, whatsappId: null }
}

function messageAt(time: number): GroupMessage {
  return { time, whatsappId: null }
}

test('two entries that compete for one message: the nearer one has it', () => {
  const entries = [entryAt(0), entryAt(60_000)]
  const window = { beforeMs: 120_000, afterMs: 600_000 }
  expect(new Alignment(entries, [messageAt(62_000)], window).assign().chosen).toEqual([-1, 0])
})

test('an entry gives up the nearest message where that serves both entries better', () => {
  const entries = [entryAt(0), entryAt(30_000)]
  const messages = [messageAt(25_000), messageAt(200_000)]
  const window = { beforeMs: 10_000, afterMs: 600_000 }
  expect(new Alignment(entries, messages, window).assign().chosen).toEqual([0, 1])
})

test('a message with another WhatsApp id is no choice', () => {
  const entries = [{ time: 0, rank: 0, whatsappId: 'wamid.1' }]
  const messages = [
    { time: 1000, whatsappId: 'wamid.2' },
    { time: 5000, whatsappId: null },
  ]
  const window = { beforeMs: 0, afterMs: 60_000 }
  expect(new Alignment(entries, messages, window).assign().chosen).toEqual([1])
})
