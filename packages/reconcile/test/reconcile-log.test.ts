import type { TimeRange } from '@waybill/core'
import { expect, test } from 'vitest'
import {
  type Doubt,
  type Finding,
  type HistoryMessage,
  type LogEntry,
  reconcileLog,
  type ReconcileLogOptions,
  type Summary,
} from '../src/index.js'

const MINUTE = 60_000
const NOON = Date.parse('2026-10-05T12:00:00Z')
const NOW = { now: NOON + 600 * MINUTE }

function entryOf(entry: number, minute: number | null, id: string | null = null): LogEntry {
  return { entry, at: minute === null ? null : NOON + minute * MINUTE, id, to: '+4930123456', text: 'Hi' }
}

function messageOf(upstreamId: string, minute: number): HistoryMessage {
  return {
    id: upstreamId,
    source: 'shop',
    upstreamId,
    whatsappId: null,
    direction: 'OUTBOUND',
    status: 'READ',
    text: 'Hi',
    to: '+4930123456',
    sentAt: NOON + minute * MINUTE,
  }
}

interface Run {
  readonly findings: Finding[]
  readonly summary: Summary
  readonly ranges: TimeRange[]
}

async function run(
  entries: readonly LogEntry[],
  messages: readonly HistoryMessage[],
  options: ReconcileLogOptions = NOW,
  doubts: readonly Doubt[] = [],
): Promise<Run> {
  const ranges: TimeRange[] = []
  const history = {
    async *messages(range: TimeRange) {
      ranges.push(range)
      yield* messages.filter(({ sentAt }) => sentAt >= range.from && sentAt <= range.to)
    },
    doubts: async () => doubts,
    find: async ({ ids }: { ids: readonly string[] }) =>
      messages.filter(({ upstreamId }) => ids.includes(upstreamId)),
    slackMs: 5 * MINUTE,
  }
  const findings: Finding[] = []
  const answers = reconcileLog(() => entries, history, options)
  for (;;) {
    const next = await answers.next()
    if (next.done === true) return { findings, summary: next.value, ranges }
    findings.push(next.value)
  }
}

test('only the part of the history that the log is about is read', async () => {
  const { findings, summary, ranges } = await run(
    [entryOf(1, 0), entryOf(2, 30)],
    [messageOf('a', -5), messageOf('b', 1), messageOf('c', 31), messageOf('d', 50)],
  )
  expect(ranges).toEqual([{ from: NOON - 2 * MINUTE, to: NOON + 40 * MINUTE }])
  expect(findings.map(({ verdict, message }) => [verdict, message])).toEqual([
    ['MATCHED', 'b'],
    ['MATCHED', 'c'],
  ])
  expect(summary).toEqual({ entries: 2, unclaimed: 0, verdicts: { MATCHED: 2 }, matchedFailed: 0 })
})

test('a span that is given is read to its ends', async () => {
  const options = { ...NOW, since: NOON - 10 * MINUTE, until: NOON + 60 * MINUTE }
  const { findings, ranges } = await run([entryOf(1, 0)], [messageOf('a', -5), messageOf('d', 50)], options)
  expect(ranges).toEqual([{ from: NOON - 10 * MINUTE, to: NOON + 60 * MINUTE }])
  expect(findings.map(({ verdict }) => verdict).toSorted()).toEqual([
    'MISSING_HERE',
    'MISSING_HERE',
    'MISSING_THERE',
  ])
})

test('a log and a history out of order are brought into order', async () => {
  const entries = [entryOf(1, 30), entryOf(2, null, 'x'), entryOf(3, 0)]
  const { findings } = await run(entries, [messageOf('c', 3), messageOf('b', 1), messageOf('x', 31)])
  expect(findings.map(({ entry, verdict, message }) => [entry, verdict, message])).toEqual([
    [3, 'MATCHED', 'b'],
    [null, 'DUPLICATE_THERE', 'c'],
    [1, 'MISSING_THERE', null],
    [2, 'MATCHED', 'x'],
  ])
})

test('a message that an entry names is found wherever it is', async () => {
  const { findings } = await run([entryOf(1, 0, 'far')], [messageOf('far', 300)])
  expect(findings).toMatchObject([
    { entry: 1, verdict: 'FIELD_DIFFERS', message: 'far', deltaSeconds: 18_000 },
  ])
})

test('a log without any time is compared with everything', async () => {
  const { findings, ranges } = await run([entryOf(1, null, 'a')], [messageOf('a', 3)])
  expect(ranges).toEqual([{ from: 0, to: NOW.now + 10 * MINUTE }])
  expect(findings).toMatchObject([{ entry: 1, verdict: 'MATCHED' }])
})

test('doubts of the history count', async () => {
  const doubt = { source: 'shop', because: 'SOURCE_FAILED', from: null, to: null } as const
  const { findings } = await run([entryOf(1, 0)], [], NOW, [doubt])
  expect(findings).toMatchObject([{ verdict: 'CANNOT_TELL', because: 'SOURCE_FAILED' }])
})

test('a large log that is out of order is refused, and names the entry', async () => {
  function* entries(): Iterable<LogEntry> {
    for (let entry = 1; entry <= 500_001; entry++) yield entryOf(entry, entry === 7 ? 0 : entry)
  }
  const history = { messages: async function* () {}, doubts: async () => [] }
  await expect(reconcileLog(entries, history, NOW).next()).rejects.toThrow(
    'entry 7 is earlier than the one before it: sort the log by time first',
  )
})
