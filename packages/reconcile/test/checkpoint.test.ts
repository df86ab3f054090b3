import { expect, test } from 'vitest'
import { type LogEntry, Reconciler, reconcileWith } from '../src/index.js'

const OPTIONS = { now: 0, doubts: [] }
const ENTRY: LogEntry = { entry: 1, at: 0, to: '+4930123456', text: 'Hi' }

test('a checkpoint holds how much was read, and counts what was found before', () => {
  const first = new Reconciler(OPTIONS)
  first.addEntry(ENTRY)
  first.addEntry({ ...ENTRY, entry: 2, at: 86_400_000 })
  const second = new Reconciler(OPTIONS, first.checkpoint())
  expect([second.entries, second.messages]).toEqual([2, 0])
  second.finish()
  expect(second.summary()).toEqual({
    entries: 2,
    matchedFailed: 0,
    unclaimed: 0,
    verdicts: { MISSING_THERE: 2 },
  })
})

test.each(['', 'null', '{', '{"version":0}', '[]', '7'])(
  'a text that is not a checkpoint is refused: %j',
  (text) => {
    expect(() => new Reconciler(OPTIONS, text)).toThrow('This is not a checkpoint of a reconciliation')
  },
)

test('a checkpoint of other options is refused', () => {
  const text = new Reconciler(OPTIONS).checkpoint()
  expect(() => new Reconciler({ ...OPTIONS, window: { afterMs: 1 } }, text)).toThrow(
    'made with other options',
  )
})

test('who stops reading closes log and history', async () => {
  const closed: string[] = []
  async function* endless<T>(name: string, item: T): AsyncGenerator<T> {
    try {
      for (;;) yield item
    } finally {
      closed.push(name)
    }
  }
  let entry = 0
  const entries = {
    async *[Symbol.asyncIterator](): AsyncGenerator<LogEntry> {
      for await (const each of endless('log', ENTRY)) yield { ...each, entry: ++entry, at: entry * 3_600_000 }
    },
  }
  const answers = reconcileWith(new Reconciler(OPTIONS), {
    entries,
    messages: endless('history', MESSAGE),
  })
  expect((await answers.next()).value).not.toEqual([])
  await answers.return()
  expect(closed.toSorted()).toEqual(['history', 'log'])
})

const MESSAGE = {
  id: 'm',
  source: 's',
  upstreamId: '1',
  whatsappId: null,
  direction: 'OUTBOUND',
  status: 'READ',
  text: 'Bye',
  to: '+4930123456',
  sentAt: 864_000_000,
} as const
