import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ArchiveEvent, type EventPosition, openArchive } from '../../src/index.js'
import { databaseOf, storeOf } from '../../src/open/archive.js'
import { appendEvents, KEPT_EVENTS } from '../../src/store/events.js'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'

const START: EventPosition = new Map()

/** What happened, in short. */
function summaryOf({ source, kind, at, message: found, range }: ArchiveEvent): unknown {
  return [source, kind, at, found?.upstreamId ?? range]
}

describe.each(ENGINES)('$engine: who follows an archive', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  /** The next events after a position. */
  async function take(
    count: number,
    after: EventPosition | null,
    sources = [SOURCE],
  ): Promise<ArchiveEvent[]> {
    const ending = new AbortController()
    const events: ArchiveEvent[] = []
    if (count === 0) return events
    for await (const event of fixture().archive.follow({ sources, after, signal: ending.signal })) {
      events.push(event)
      if (events.length === count) ending.abort()
    }
    return events
  }

  it('is told what happens to messages and gaps, once and in order', async () => {
    const { commit } = fixture()
    await commit({ observedAt: 1, messages: [message('1'), message('2')] })
    await commit({ observedAt: 2, messages: [message('1', { status: 'READ' }), message('2')] })
    await commit({
      observedAt: 3,
      messages: [message('2', { text: 'Corrected' })],
      gaps: [{ from: 5, to: 9, observedAt: 3 }],
    })
    await commit({ observedAt: 4, deleted: ['2'], gaps: [{ from: 5, to: 9, observedAt: 4 }] })
    await commit({
      observedAt: 5,
      messages: [message('2', { text: 'Corrected' })],
      verified: { from: 0, to: 10 },
    })
    const events = await take(8, START)
    expect(events.map(summaryOf)).toEqual([
      [SOURCE, 'CREATED', 1, '1'],
      [SOURCE, 'CREATED', 1, '2'],
      [SOURCE, 'STATUS_CHANGED', 2, '1'],
      [SOURCE, 'CHANGED', 3, '2'],
      [SOURCE, 'GAP_OPENED', 3, { from: 5, to: 9 }],
      [SOURCE, 'DELETED', 4, '2'],
      [SOURCE, 'CHANGED', 5, '2'],
      [SOURCE, 'GAP_CLOSED', 5, { from: 5, to: 9 }],
    ])
  })

  it('is told what is written later, by whichever process, and nothing that was before', async () => {
    const { archive, place, commit } = fixture()
    await commit({ messages: [message('1')] })
    const ending = new AbortController()
    const follower = archive.follow({ sources: [SOURCE, 'octo'], after: null, signal: ending.signal })
    const next = follower.next()
    const other = await openArchive({ url: place.url })
    const lease = await storeOf(other).acquire('octo', 'another process', 60_000)
    if (lease === null) throw new Error('The lease is taken')
    await storeOf(other).commit({ lease, observedAt: 9, messages: [message('7')] })
    expect(summaryOf((await next).value as ArchiveEvent)).toEqual(['octo', 'CREATED', 9, '7'])
    await other.close()
    ending.abort()
    expect((await follower.next()).done).toBe(true)
  })

  it('goes on after any event without loss or repeat, whatever is committed meanwhile', async () => {
    const { commit } = fixture()
    let known = 0
    let position: EventPosition = START
    const batch = fc.record({
      added: fc.integer({ min: 0, max: 4 }),
      changed: fc.nat({ max: 3 }),
      read: fc.nat({ max: 6 }),
    })
    const seen: string[] = []
    const written: string[] = []
    await fc.assert(
      fc.asyncProperty(batch, async ({ added, changed, read }) => {
        const fresh = Array.from({ length: added }, (_, index) => String(known + index + 1))
        const again = Array.from({ length: Math.min(changed, known) }, (_, index) => String(known - index))
        await commit({
          observedAt: Date.now() + written.length,
          messages: [...fresh, ...again].map((id) => message(id, { text: `${id} ${written.length}` })),
        })
        written.push(...fresh, ...again)
        known += added
        await readOn(Math.min(read, written.length - seen.length))
      }),
      { numRuns: 25 },
    )
    await readOn(written.length - seen.length)
    expect(seen.toSorted()).toEqual(written.toSorted())

    async function readOn(count: number): Promise<void> {
      for (const event of await take(count, position)) {
        seen.push(event.message?.upstreamId ?? '')
        position = event.position
        expect(position.get(SOURCE)).toBe(seen.length)
      }
    }
  })

  it('is told that it fell behind, where events are no longer kept', async () => {
    const { archive } = fixture()
    const database = databaseOf(archive)
    const { db } = database
    const events = Array.from(
      { length: 5000 },
      (_, index) => ({ kind: 'CREATED', upstreamId: String(index) }) as const,
    )
    await appendEvents(database, SOURCE, 1, events.slice(0, 1))
    // As many as are kept, without writing them all.
    await db.updateTable('events').set({ sequence: KEPT_EVENTS }).where('source', '=', SOURCE).execute()
    await db
      .insertInto('events')
      .values({
        source: SOURCE,
        sequence: 1,
        kind: 'CREATED',
        at: 1,
        id_key: '0',
        from_at: null,
        to_at: null,
      })
      .execute()
    await appendEvents(database, SOURCE, 2, events)
    const follower = archive.follow({
      sources: [SOURCE],
      after: new Map([[SOURCE, 1]]),
      signal: new AbortController().signal,
    })
    await expect(follower.next()).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
    const invented = archive.follow({
      sources: [SOURCE],
      after: new Map([[SOURCE, 10 ** 9]]),
      signal: new AbortController().signal,
    })
    await expect(invented.next()).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
  })

  it('waits for nothing any more when the archive is closed or the signal aborted', async () => {
    const { archive } = fixture()
    const ending = new AbortController()
    const follower = archive.follow({ sources: [SOURCE], after: null, signal: ending.signal })
    const next = follower.next()
    ending.abort()
    expect((await next).done).toBe(true)
  })
})
