import type { MessageSort, Paging } from '@waybill/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/index.js'
import { generator, makeRow } from '../model/model-table.js'
import { type ModelSource, modelSource } from '../support/model-source.js'

/** What happens before the end of the lists is asked for again. */
interface Turn {
  /** How many rows arrive at each source. */
  readonly arrivals: number
  /** Whether the first of them has the time of the latest row that there ever was. */
  readonly tied: boolean
  /** How many of the latest rows are deleted before. */
  readonly deletions: number
  readonly restarts: boolean
  readonly first: number
}

const turn: fc.Arbitrary<Turn> = fc.record({
  arrivals: fc.constantFrom(0, 1, 1, 2, 7, 40),
  tied: fc.boolean(),
  deletions: fc.constantFrom(0, 0, 0, 1, 3),
  restarts: fc.boolean(),
  first: fc.constantFrom(1, 7, 100, 500),
})

type Kind = Paging['kind']

const setting = fc.record({
  kinds: fc.oneof(
    fc.constantFrom<Kind[][]>(['page'], ['window'], ['cursor']),
    fc.array(fc.constantFrom<Kind[]>('page', 'window', 'cursor'), { minLength: 2, maxLength: 4 }),
  ),
  rows: fc.constantFrom(0, 0, 1, 30, 230),
  field: fc.constantFrom('createdAt' as const, 'createdAt' as const, 'updatedAt' as const),
  skewSeconds: fc.constantFrom(0, 0, 60),
  tellsTotal: fc.boolean(),
  learnsDirection: fc.boolean(),
  turns: fc.array(turn, { minLength: 1, maxLength: 6 }),
})

interface Following {
  readonly sort: MessageSort
  readonly first: number
  readonly learnsDirection: boolean
}

interface Read {
  readonly rows: readonly (readonly [source: string, id: string])[]
  /** The sources of which something was warned. */
  readonly warned: ReadonlySet<string>
  /** The cursor of the end. */
  readonly end: string | null
}

/** Reads on to the end of all lists. */
async function readToEnd(engine: Engine, query: Following, from: string | null): Promise<Read> {
  const { sort, first } = query
  const fields = new Set(query.learnsDirection ? (['text', 'direction'] as const) : (['text'] as const))
  const rows: [string, string][] = []
  const warned = new Set<string>()
  let after = from
  for (;;) {
    const page = await engine.messages({ sort, first, fields, after })
    for (const { source, message } of page.edges) rows.push([source, message.upstreamId])
    for (const { source, warnings } of page.reports) if (warnings.length > 0) warned.add(source)
    after = page.pageInfo.endCursor ?? after
    if (!page.pageInfo.hasNextPage) return { rows, warned, end: after }
  }
}

/** A source whose rows arrive in the order of their times. */
class Growing {
  readonly source: ModelSource
  #latest: number

  constructor(source: ModelSource) {
    this.source = source
    const [last] = source.settings.table.page({ sort: '-created_at', perPage: 1 })
    this.#latest = last?.createdAt ?? Date.UTC(2026, 5, 1)
  }

  /** Lets rows vanish and arrive at the end of the list, and gives the ids of those that arrived. */
  turn({ arrivals, tied, deletions }: Turn, random: () => number): string[] {
    const { table, plan } = this.source.settings
    for (const { id } of table.page({ sort: '-created_at', perPage: deletions })) table.delete(id)
    return Array.from({ length: arrivals }, (_, nth) => {
      if (nth > 0 || !tied) this.#latest += 1000
      return String(table.insert(makeRow(table.nextId(), this.#latest, plan.skewSeconds, random)).id)
    })
  }
}

/** Everything that was remembered of a place may be gone; then a report says so. That has to be rare. */
const MOST_WARNED = 0.03

describe('an ascending list that has ended', () => {
  it('goes on with exactly what has come since, whatever became of its last rows', async () => {
    const sum = { sources: 0, warned: 0 }
    await fc.assert(
      fc.asyncProperty(setting, fc.nat(1000), async ({ kinds, turns, field, ...plan }, seed) => {
        const random = generator(seed)
        const growing = kinds
          .filter((kind) => kind !== 'window' || field === 'createdAt')
          .map((kind, index) => {
            const skewSeconds = kind === 'window' ? 0 : plan.skewSeconds
            const changes = { tellsTotal: plan.tellsTotal, skewSeconds }
            return new Growing(modelSource(`s${index}`, kind, plan.rows, changes))
          })
        const sources = growing.map(({ source }) => source)
        const query = { sort: { field, direction: 'asc' }, learnsDirection: plan.learnsDirection } as const
        let engine = createEngine({ sources })
        let { end } = await readToEnd(engine, { ...query, first: 100 }, null)
        for (const each of turns) {
          const arrived = growing.map((one) => one.turn(each, random))
          if (each.restarts) engine = createEngine({ sources })
          const next = await readToEnd(engine, { ...query, first: each.first }, end)
          end = next.end
          for (const [index, { id }] of sources.entries()) {
            sum.sources += 1
            if (next.warned.has(id)) sum.warned += 1
            else expect([id, idsOf(next, id)]).toEqual([id, arrived[index]?.toSorted()])
          }
        }
      }),
      { numRuns: 300, seed: 11 },
    )
    expect(sum.warned / sum.sources).toBeLessThan(MOST_WARNED)
  })

  it('yields nothing, and keeps its place, as long as nothing comes', async () => {
    const growing = new Growing(modelSource('shop', 'page', 30))
    const engine = createEngine({ sources: [growing.source] })
    const query: Following = {
      sort: { field: 'createdAt', direction: 'asc' },
      first: 100,
      learnsDirection: false,
    }
    let { end } = await readToEnd(engine, query, null)
    for (let poll = 0; poll < 5; poll += 1) {
      const next = await readToEnd(engine, query, end)
      expect(next.rows).toEqual([])
      end = next.end
    }
    const arrived = growing.turn(
      { arrivals: 2, tied: false, deletions: 0, restarts: false, first: 1 },
      () => 1,
    )
    expect(idsOf(await readToEnd(engine, query, end), 'shop')).toEqual(arrived.toSorted())
  })
})

function idsOf({ rows }: Read, source: string): string[] {
  return rows
    .filter(([from]) => from === source)
    .map(([, id]) => id)
    .toSorted()
}
