import { expect, test } from 'vitest'
import { type HistoryMessage, type LogEntry, Reconciler, reconcileWith } from '../../src/index.js'

const EVERY_MS = 500
const NUMBERS = 5000

/** So many entries; every tenth was never sent, and every eleventh message is not logged. */
function* entriesOf(count: number): Generator<LogEntry> {
  for (let n = 0; n < count; n += 1) {
    const isSent = n % 10 !== 0
    const text = isSent ? `Your code is ${n % 10_000}` : `Never sent ${n}`
    if (n % 11 !== 0) yield { entry: n + 1, at: n * EVERY_MS, to: `+4930${1_000_000 + (n % NUMBERS)}`, text }
  }
}

function* messagesOf(count: number): Generator<HistoryMessage> {
  for (let n = 0; n < count; n += 1)
    if (n % 10 !== 0)
      yield {
        id: String(n),
        source: 'shop',
        upstreamId: String(n),
        whatsappId: `wamid.${n}`,
        direction: 'OUTBOUND',
        status: 'DELIVERED',
        text: `Your code is ${n % 10_000}`,
        to: `+4930${1_000_000 + (n % NUMBERS)}`,
        sentAt: n * EVERY_MS + 2000,
      }
}

/** The most entries and messages that are held at any of the moments that are looked at. */
async function mostHeld(count: number): Promise<number> {
  const reconciler = new Reconciler({ now: count * EVERY_MS, doubts: [] })
  let most = 0
  let answers = 0
  const comparison = { entries: entriesOf(count), messages: messagesOf(count) }
  for await (const findings of reconcileWith(reconciler, comparison)) {
    expect(findings.length).toBeGreaterThan(0)
    answers += 1
    if (answers % 1000 !== 0) continue
    const { checkpoint } = JSON.parse(reconciler.checkpoint()) as { checkpoint: { held: unknown[] } }
    most = Math.max(most, checkpoint.held.length)
  }
  expect(most).toBeGreaterThan(1000)
  return most
}

test('a log that is ten times as long holds no more entries and messages', async () => {
  const few = await mostHeld(30_000)
  const many = await mostHeld(300_000)
  expect(many).toBeLessThan(few * 1.1)
})
