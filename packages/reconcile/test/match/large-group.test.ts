import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Finding,
  type HistoryMessage,
  type LogEntry,
  Reconciler,
  reconcileWith,
} from '../../src/index.js'
import { Alignment } from '../../src/match/assignment.js'

const MINUTE = 60_000
const WINDOW = { beforeMs: 2 * MINUTE, afterMs: 10 * MINUTE }

function entryOf(at: number, index: number): LogEntry {
  return { entry: index + 1, at, to: '+4915100000', text: 'All is well' }
}

function messageOf(sentAt: number, index: number): HistoryMessage {
  return {
    id: `m${index}`,
    source: 's',
    upstreamId: String(index),
    whatsappId: null,
    direction: 'OUTBOUND',
    status: 'READ',
    text: 'All is well',
    to: '+4915100000',
    sentAt,
  }
}

async function run(
  entries: readonly LogEntry[],
  messages: readonly HistoryMessage[],
): Promise<{ findings: Finding[]; largest: number }> {
  const reconciler = new Reconciler({ now: 0, doubts: [], maxGroup: 1000 })
  const findings: Finding[] = []
  let largest = 0
  let answers = 0
  for await (const some of reconcileWith(reconciler, { entries, messages })) {
    findings.push(...some)
    if (answers++ % 20 === 0) largest = Math.max(largest, reconciler.checkpoint().length)
  }
  return { findings, largest }
}

const group = fc.record({
  pauses: fc.array(fc.integer({ min: 0, max: 3 * MINUTE }), { minLength: 300, maxLength: 500 }),
  fates: fc.array(fc.integer({ min: -20, max: 90 }), { minLength: 500, maxLength: 500 }),
})

test('a group that never ends is settled piece by piece, as if it were settled as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(group, async ({ pauses, fates }) => {
      let time = 0
      const times = pauses.map((pause) => (time += pause))
      const sent = times.flatMap((at, index) => {
        const fate = fates[index] ?? 0
        return fate < -10 ? [] : [at + fate * 1000]
      })
      const entries = times.map(entryOf)
      const messages = sent.toSorted((a, b) => a - b).map(messageOf)
      const { findings } = await run(entries, messages)
      const whole = new Alignment(
        times.map((at, index) => ({ time: at, rank: index - times.indexOf(at), whatsappId: null })),
        messages.map(({ sentAt }) => ({ time: sentAt, whatsappId: null })),
        WINDOW,
      ).assign()
      for (const { entry, verdict, message, candidates } of findings) {
        if (entry === null || verdict === 'DUPLICATE_HERE') continue
        const options = whole.options[entry - 1] ?? []
        if (verdict === 'AMBIGUOUS')
          expect(candidates?.map((each) => each.upstreamId)).toEqual(options.map(String))
        else if (verdict === 'MATCHED') expect(options.map((at) => `m${at}`)).toContain(message)
        else expect(options).toEqual([])
      }
    }),
    { numRuns: 30, seed: 3 },
  )
})

test('what is held does not grow with a number that gets the same text every minute', async () => {
  const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index * MINUTE)
  const count = 6000
  const { findings, largest } = await run(
    times(count).map(entryOf),
    times(count).map((at, index) => messageOf(at + 2000, index)),
  )
  expect(findings.every(({ verdict }) => verdict === 'MATCHED')).toBe(true)
  // All entries and messages together take about 500 characters each.
  expect(largest).toBeLessThan((count * 500) / 10)
})

test('more equal messages in one window than can be assigned are given up', async () => {
  const entries = Array.from({ length: 600 }, (_, index) => entryOf(index * 10, index))
  const messages = Array.from({ length: 500 }, (_, index) => messageOf(index * 12, index))
  const { findings } = await run(entries, messages)
  expect(findings.filter(({ entry }) => entry !== null)).toHaveLength(600)
  expect(findings.filter(({ because }) => because === 'BUDGET').length).toBeGreaterThan(400)
  expect(findings.map(({ verdict }) => verdict)).not.toContain('MISSING_THERE')
})
