import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSync, openArchive } from '@waybill/archive'
import { UpstreamError } from '@waybill/core'
import type { LogEntry } from '@waybill/reconcile'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { type ReconcileRequest, reconcileSources } from '../../src/index.js'
import { arraySource, BEGIN, messageOf, MINUTE } from './array-source.js'

interface Line {
  readonly entry: number | null
  readonly verdict: string
  readonly upstreamId: string | null
  readonly deltaSeconds: number | null
  readonly confidence: string | null
  readonly because?: string
}

/** The findings, and the summary that adds up to them. */
async function findingsOf(request: ReconcileRequest): Promise<Line[]> {
  const reconciliation = await reconcileSources(request)
  const lines: Line[] = []
  for await (const line of reconciliation.lines()) lines.push(JSON.parse(line) as Line)
  reconciliation.close()
  const { entries, unclaimed, verdicts } = reconciliation.summary
  expect(Object.values(verdicts).reduce((a, b) => a + b, 0)).toBe(entries + unclaimed)
  expect(lines).toHaveLength(entries + unclaimed)
  return lines
}

function entryOf(place: number, message: number, changes: Partial<LogEntry> = {}): LogEntry {
  return {
    entry: place,
    at: BEGIN + message * MINUTE - 1000,
    to: '+14155552671',
    text: `Message ${message}`,
    ...changes,
  }
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

test('a log in any order has its findings in its own order', async () => {
  const source = arraySource(numbers(1200).map((id) => messageOf(id)))
  const entries = numbers(1200).map((place) => entryOf(place, ((place * 7) % 1200) + 1))
  const lines = await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  expect(lines.map(({ entry }) => entry)).toEqual(numbers(1200))
  expect(lines.every(({ verdict, deltaSeconds }) => verdict === 'MATCHED' && deltaSeconds === 1)).toBe(true)
  expect(lines[0]?.upstreamId).toBe('8')
})

test('entries without a time take that of the message that they name', async () => {
  const source = arraySource(numbers(50).map((id) => messageOf(id)))
  const entries = [
    { entry: 1, at: null, id: '7' },
    { entry: 2, at: null, whatsappId: 'wamid.20' },
    { entry: 3, at: null, id: '7' },
    { entry: 4, at: null, id: '900' },
  ]
  const lines = await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  expect(lines.slice(0, 4)).toMatchObject([
    { verdict: 'MATCHED', upstreamId: '7', deltaSeconds: null },
    { verdict: 'MATCHED', upstreamId: '20', deltaSeconds: null },
    { verdict: 'DUPLICATE_HERE', upstreamId: '7' },
    { verdict: 'CANNOT_TELL', upstreamId: null, because: 'NOT_SETTLED' },
  ])
})

test('a message that an entry names is found far from its time', async () => {
  const source = arraySource(numbers(600).map((id) => messageOf(id)))
  const entries = [entryOf(1, 3), entryOf(2, 5, { id: '500', text: null, to: null })]
  const lines = await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  expect(lines[1]).toMatchObject({ verdict: 'FIELD_DIFFERS', upstreamId: '500' })
})

test('a message at the edge of the log is only suggested to be missing there, unless the span is given', async () => {
  const source = arraySource(numbers(60).map((id) => messageOf(id)))
  const request = {
    entries: [entryOf(1, 20), entryOf(2, 40)],
    sources: [{ source, archive: null, withContent: true }],
  }
  const suggested = (lines: readonly Line[]): string[] =>
    lines.flatMap(({ confidence, upstreamId }) => (confidence === 'SUGGESTED' ? (upstreamId ?? []) : []))
  const unclaimed = (await findingsOf(request)).filter(({ entry }) => entry === null)
  expect(unclaimed.map(({ upstreamId }) => upstreamId)).toContain('30')
  const atEdges = [18, 19, ...numbers(9).map((n) => n + 20), 38, 39, ...numbers(9).map((n) => n + 40)]
  expect(suggested(unclaimed)).toEqual(atEdges.map(String))
  const settings = { since: BEGIN, until: BEGIN + 60 * MINUTE }
  const whole = (await findingsOf({ ...request, settings })).filter(({ entry }) => entry === null)
  expect(suggested(whole)).toEqual([...numbers(9), 59, 60].map(String))
})

test('received messages do not count', async () => {
  const source = arraySource([messageOf(1, { direction: 'INBOUND' }), messageOf(2, { direction: null })])
  const entries = [entryOf(1, 1), entryOf(2, 2)]
  const lines = await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  expect(lines).toMatchObject([{ verdict: 'MISSING_THERE' }, { verdict: 'MATCHED', upstreamId: '2' }])
})

test('a source that fails while it is read casts doubt on everything that it did not show', async () => {
  const source = arraySource(
    numbers(1200).map((id) => messageOf(id)),
    (page) => {
      if (page > 2) throw new UpstreamError('UPSTREAM_FORBIDDEN', 'The source refused.', { source: 'shop' })
    },
  )
  const entries = [entryOf(1, 1), entryOf(2, 1200)]
  const lines = await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  expect(lines.slice(0, 2)).toMatchObject([
    { verdict: 'CANNOT_TELL', because: 'SOURCE_FAILED' },
    { verdict: 'MATCHED' },
  ])
})

test('without content, no finding depends on a number, a text or an id of WhatsApp', async () => {
  const entries = [{ entry: 1, at: BEGIN + MINUTE, id: '1' }]
  const histories = [
    [messageOf(1), messageOf(2)],
    // As many identical ones as there are: by their content, one would be a duplicate of the other.
    [
      messageOf(1),
      messageOf(2, {
        text: 'Message 1',
        to: '+14155552671',
        whatsappId: 'wamid.1',
        raw: { reference: 'A-1' },
      }),
    ],
  ]
  const [distinct, identical] = await Promise.all(
    histories.map(async (messages) => {
      const sources = [{ source: arraySource(messages), archive: null }]
      const compare = (withContent: boolean): Promise<Line[]> =>
        findingsOf({ entries, sources: sources.map((each) => ({ ...each, withContent })) })
      return { hidden: await compare(false), shown: await compare(true) }
    }),
  )
  expect(distinct?.shown).not.toEqual(identical?.shown)
  expect(distinct?.hidden).toEqual(identical?.hidden)
  expect(distinct?.hidden).toMatchObject([{ verdict: 'MATCHED', rule: 'id' }, { verdict: 'MISSING_HERE' }])
})

test('what lies beyond the most messages that may be read is not called missing', async () => {
  const source = arraySource(numbers(1200).map((id) => messageOf(id)))
  const entries = [entryOf(1, 1), entryOf(2, 1200), entryOf(3, 1199, { text: 'Never sent' })]
  const lines = await findingsOf({
    entries,
    sources: [{ source, archive: null, withContent: true }],
    maxMessages: 500,
  })
  expect(lines.slice(0, 3)).toMatchObject([
    { verdict: 'CANNOT_TELL', because: 'BUDGET' },
    { verdict: 'MATCHED' },
    { verdict: 'MISSING_THERE' },
  ])
})

test('a gap that opens while an archive is read casts doubt on what was read before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-reconcile-'))
  const path = join(folder, 'archive.db')
  const archive = await openArchive({ url: `sqlite:${path}` })
  onTestFinished(async () => {
    await archive.close()
    await rm(folder, { recursive: true })
  })
  const source = arraySource(numbers(600).map((id) => messageOf(id)))
  const poll = { minPollMs: 600_000, maxPollMs: 600_000, maxStalenessMs: 600_000 }
  const sync = createSync({ archive, sources: [{ id: 'shop', provider: source.upstream, poll }] })
  expect(await sync.once()).toMatchObject([{ isComplete: true }])
  await sync.close()

  const entries = [entryOf(1, 20, { text: 'Never sent' }), entryOf(2, 300, { text: 'Never sent' })]
  const sources = [{ source, archive, withContent: true }]
  const whole = { entries, sources, settings: { since: BEGIN, until: BEGIN + 700 * MINUTE } }
  const verdicts = (lines: readonly Line[]): unknown =>
    lines.slice(0, 2).map(({ verdict, because }) => because ?? verdict)
  expect(verdicts(await findingsOf(whole))).toEqual(['MISSING_THERE', 'MISSING_THERE'])

  // As another process does that syncs the source: within what the first page has shown.
  const openGap = (): void => {
    const database = new Database(path)
    const gap = ['shop', BEGIN + 19 * MINUTE, BEGIN + 21 * MINUTE, Date.now()]
    database
      .prepare('insert or ignore into gaps (source, from_at, to_at, observed_at) values (?, ?, ?, ?)')
      .run(gap)
    database.close()
  }
  let pages = 0
  const onProgress = (phase: string): void => {
    if (phase !== 'messages') return
    pages += 1
    if (pages === 1) openGap()
  }
  expect(verdicts(await findingsOf({ ...whole, onProgress }))).toEqual(['GAP', 'MISSING_THERE'])
  expect(pages).toBe(2)
})

test('work that was interrupted is resumed where it stopped, and that of another log is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-reconcile-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const messages = numbers(1700).map((id) => messageOf(id))
  const entries = numbers(1700).map((place) => entryOf(place, place))
  let whole = 0
  const complete = arraySource(messages, () => {
    whole += 1
  })
  const expected = await findingsOf({
    entries,
    sources: [{ source: complete, archive: null, withContent: true }],
  })
  const work = { path: join(folder, 'work'), identity: 'the log' }

  const interrupted = new AbortController()
  const stopping = arraySource(messages, (page) => {
    if (page === 3) interrupted.abort(new Error('interrupted'))
  })
  const first = reconcileSources({
    entries,
    sources: [{ source: stopping, archive: null, withContent: true }],
    work,
    signal: interrupted.signal,
  })
  await expect(first).rejects.toThrow('interrupted')
  expect((await stat(work.path)).mode & 0o777).toBe(0o600)

  let requested = 0
  const counting = arraySource(messages, () => {
    requested += 1
  })
  const unread: Iterable<LogEntry> = {
    [Symbol.iterator]: () => {
      throw new Error('The log is read again')
    },
  }
  const sources = [{ source: counting, archive: null, withContent: true }]
  expect(await findingsOf({ entries: unread, sources, work })).toEqual(expected)
  expect(requested).toBeLessThan(whole)

  const other = { path: work.path, identity: 'another log' }
  expect(await findingsOf({ entries: [entryOf(1, 4)], sources, work: other })).toMatchObject([
    { verdict: 'MATCHED', upstreamId: '4' },
    ...Array.from({ length: 11 }, () => ({ verdict: 'MISSING_HERE' })),
  ])
  expect(await readdir(folder)).toEqual(['work'])
})

test('others get their turn while a log is compared', async () => {
  const source = arraySource(numbers(3000).map((id) => messageOf(id)))
  const entries = numbers(3000).map((place) => entryOf(place, place))
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 0)
  await findingsOf({ entries, sources: [{ source, archive: null, withContent: true }] })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(10)
})
