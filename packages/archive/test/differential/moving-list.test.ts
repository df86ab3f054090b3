import {
  type FilterClause,
  matchesFilter,
  matchesSearch,
  type Message,
  type MessageSort,
  type MessageStatus,
} from '@waybill/core'
import { createEngine } from '@waybill/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Archive, openArchive } from '../../src/index.js'
import type { Lease } from '../../src/store/lease.js'
import { ENGINES, type Place } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { storeOf } from '../../src/open/archive.js'

const STORIES = Number(process.env['WAYBILL_STORIES'] ?? 30)
const STATUSES: readonly MessageStatus[] = ['SENT', 'DELIVERED', 'READ', 'FAILED']

/** What happens to the archived sources between two pages. */
interface Change {
  readonly kind: 'arrives' | 'changes' | 'moves' | 'deleted'
  readonly source: number
  /** Which of its messages, and what becomes of it. */
  readonly pick: number
}

interface Story {
  readonly sizes: readonly number[]
  readonly ties: number
  readonly first: number
  readonly filter: readonly FilterClause[]
  readonly search: string | null
  readonly sort: MessageSort
  readonly changes: readonly (readonly Change[])[]
}

const changes: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('arrives', 'changes', 'changes', 'moves', 'deleted'),
  source: fc.nat(2),
  pick: fc.nat(10_000),
})
const clauses: fc.Arbitrary<FilterClause> = fc.oneof(
  fc.record({
    field: fc.constant('status' as const),
    operator: fc.constantFrom('in' as const, 'notIn' as const),
    values: fc.uniqueArray(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constant('sentAt' as const),
    operator: fc.constantFrom('gte' as const, 'lt' as const),
    value: fc.nat(60).map((step) => step * 1000),
  }),
)
const stories: fc.Arbitrary<Story> = fc.record({
  sizes: fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }),
  ties: fc.integer({ min: 1, max: 5 }),
  first: fc.integer({ min: 1, max: 30 }),
  filter: fc.array(clauses, { maxLength: 2 }),
  search: fc.option(fc.constantFrom('even', 'o', 'message'), { freq: 1 }),
  sort: fc.record({
    field: fc.constantFrom('createdAt', 'createdAt', 'updatedAt'),
    direction: fc.constantFrom('asc', 'desc'),
  }),
  changes: fc.array(fc.array(changes, { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
})

/** The plainest table: what the archive has to have, and what it has to say was touched. */
class Source {
  readonly rows = new Map<string, Message>()
  /** All that the messages ever were, oldest first. */
  readonly versions = new Map<string, Message[]>()
  /** What happened to them since a traversal began. */
  readonly touched = new Map<string, Set<Change['kind']>>()
  readonly id: string
  readonly #archive: Archive
  readonly #lease: Lease

  constructor(archive: Archive, lease: Lease) {
    this.id = lease.source
    this.#archive = archive
    this.#lease = lease
  }

  async write(observedAt: number, messages: readonly Message[]): Promise<void> {
    await storeOf(this.#archive).commit({ lease: this.#lease, observedAt, messages })
    for (const each of messages) {
      this.rows.set(each.upstreamId, each)
      this.versions.set(each.upstreamId, [...(this.versions.get(each.upstreamId) ?? []), each])
    }
  }

  async apply({ kind, pick }: Change, now: number): Promise<void> {
    const ids = [...this.rows.keys()]
    const id = ids[pick % Math.max(ids.length, 1)]
    const before = id === undefined ? undefined : this.rows.get(id)
    const status = STATUSES[pick % STATUSES.length] ?? null
    if (kind === 'arrives' || before === undefined) {
      const arrived = row(10_000 + now, { sentAt: (pick % 64) * 1000, status })
      this.#touch(arrived, 'arrives')
      return this.write(now, [arrived])
    }
    this.#touch(before, kind)
    if (kind === 'changes') return this.write(now, [{ ...before, status }])
    if (kind === 'moves') return this.write(now, [{ ...before, sentAt: (pick % 64) * 1000 }])
    await storeOf(this.#archive).commit({
      lease: this.#lease,
      observedAt: now,
      messages: [],
      deleted: [before.upstreamId],
    })
  }

  #touch({ upstreamId }: Message, kind: Change['kind']): void {
    this.touched.set(upstreamId, (this.touched.get(upstreamId) ?? new Set()).add(kind))
  }

  /** Whether it stands where it stood, and matches what it matched: what is deleted upstream is still listed. */
  stayed({ upstreamId }: Message, sort: MessageSort): boolean {
    const kinds = [...(this.touched.get(upstreamId) ?? [])]
    return sort.field === 'createdAt' ? kinds.every((kind) => kind === 'deleted') : kinds.length === 0
  }
}

function row(id: number, fields: Partial<Message>): Message {
  return message(String(id), { text: `${id % 2 === 0 ? 'An even' : 'Another'} message`, ...fields })
}

describe.each(ENGINES)('$engine: a traversal of archived sources that move', ({ createPlace }) => {
  let place: Place
  let archive: Archive
  let stage = 0

  beforeAll(async () => {
    place = await createPlace()
    archive = await openArchive({ url: place.url })
  })

  afterAll(async () => {
    await archive.close()
    await place[Symbol.asyncDispose]()
  })

  async function createSource(size: number, ties: number): Promise<Source> {
    stage += 1
    const lease = await storeOf(archive).acquire(`source-${stage}`, 'test', 3_600_000)
    if (lease === null) throw new Error('The lease is taken')
    const source = new Source(archive, lease)
    const rows = Array.from({ length: size }, (_, index) =>
      row(index + 1, { sentAt: Math.floor(index / ties) * 1000, status: STATUSES[(index * 7) % 4] ?? null }),
    )
    for (const [observedAt, some] of Map.groupBy(rows, (each) => 1 + (Number(each.upstreamId) % 9))) {
      await source.write(observedAt, some)
    }
    return source
  }

  it('shows each message that stayed as it was once, and nothing that does not match, in order', async () => {
    let shown = 0
    await fc.assert(
      fc.asyncProperty(stories, async ({ sizes, ties, first, filter, search, sort, changes: happening }) => {
        const sources = await Promise.all(sizes.map((size) => createSource(size, ties)))
        const engine = createEngine({
          sources: sources.map(({ id }) => ({
            id,
            provider: archive.source({ id, provider: liveProvider(), maxStalenessMs: 0 }),
          })),
        })
        const matches = (source: Source, each: Message): boolean =>
          matchesFilter(filter, each, source.id) && matchesSearch(each.text, search)
        const begun = sources.map((source) =>
          [...source.rows.values()].filter((each) => matches(source, each)),
        )
        const seen = sources.map((): Message[] => [])
        let after: string | null = null
        for (let page = 0; ; page += 1) {
          const answer = await engine.messages({ filter, search, sort, first, after })
          for (const { source: id, message: each } of answer.edges) {
            const index = sources.findIndex((source) => source.id === id)
            const source = sources[index]
            // A page that was read for a merge and not shown yet is kept for a while.
            expect(source?.versions.get(each.upstreamId)).toContainEqual(each)
            if (source !== undefined) expect(matches(source, each)).toBe(true)
            seen[index]?.push(each)
          }
          if (!answer.pageInfo.hasNextPage) break
          after = answer.pageInfo.endCursor
          const now = 100 + page * 10
          for (const [index, change] of (happening[page] ?? []).entries()) {
            await sources[change.source % sources.length]?.apply(change, now + index)
          }
        }
        for (const [index, source] of sources.entries()) {
          const own = seen[index] ?? []
          const expected = (begun[index] ?? []).filter((each) => source.stayed(each, sort))
          const found = own.filter((each) => source.stayed(each, sort)).map(({ upstreamId }) => upstreamId)
          expect(found).toEqual(inOrder(expected, sort))
          // What changed but did not move may be shown or not, and not twice.
          const placed = own
            .map(({ upstreamId }) => upstreamId)
            .filter((id) => sort.field === 'createdAt' && source.touched.get(id)?.has('moves') !== true)
          expect(placed).toEqual([...new Set(placed)])
        }
        shown += seen.flat().length
      }),
      { numRuns: STORIES, seed: 20260424 },
    )
    expect(shown).toBeGreaterThan(STORIES * 20)
  })
})

/** Ids in the order of the sort; `updatedAt` is when the batch came in which a message was stored. */
function inOrder(rows: readonly Message[], { field, direction }: MessageSort): string[] {
  const timeOf = ({ sentAt, upstreamId }: Message): number =>
    field === 'createdAt' ? sentAt : Number(upstreamId) % 9
  const ascending = rows.toSorted(
    (a, b) => timeOf(a) - timeOf(b) || Number(a.upstreamId) - Number(b.upstreamId),
  )
  return (direction === 'asc' ? ascending : ascending.toReversed()).map(({ upstreamId }) => upstreamId)
}
