import type { MessageSort } from '@waybill/core'
import {
  createEngine,
  type Engine,
  type EngineSource,
  type MessagesQuery,
  type SourcedMessage,
} from '@waybill/engine'
import {
  type OctopodsEmulator,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
} from '@waybill/emulators'
import { octopods } from '@waybill/provider-octopods'
import { wacr } from '@waybill/provider-wacr'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchingRows } from '../../../engine/test/support/differential-oracle.js'
import { OCTOPODS_ROWS, WACR_ROWS } from '../../../engine/test/support/differential-rows.js'
import { filters, searches } from '../../../engine/test/support/filter-arbitraries.js'
import { mergeByTime } from '../../../engine/test/support/merge-oracle.js'
import { piecesOf, traverse } from '../../../engine/test/support/traverse.js'
import { type Archive, archivedRecords, createSync, type MessageKey, openArchive } from '../../src/index.js'
import { ENGINES, type Place } from '../support/engines.js'

const SEED = 20260424
const RUNS = Number(process.env['WAYBILL_QUERIES'] ?? 25)
const POLL = { minPollMs: 5000, maxPollMs: 300_000, maxStalenessMs: 3_600_000 }
const SHOP_TIMES = new Map(
  WACR_ROWS.map(({ id, timeSent, createdAt }) => [String(id), timeSent ?? createdAt]),
)

/** Where the rows of the two upstreams are read. */
const PLACES: Readonly<Record<string, readonly ('live' | 'archived')[]>> = {
  'both archived': ['archived', 'archived'],
  'one archived, the other live': ['archived', 'live'],
  'one live, the other archived': ['live', 'archived'],
}

describe.each(ENGINES)('$engine: the same rows as upstream', ({ createPlace }) => {
  const upstreams: (WacrEmulator | OctopodsEmulator)[] = []
  let place: Place
  let archive: Archive
  let live: EngineSource[]

  beforeAll(async () => {
    const ties = { ties: 'shuffle', searchCollation: 'unicode', escapeLike: true } as const
    const shop = await startWacrEmulator({ rows: WACR_ROWS, tableOptions: ties })
    const octo = await startOctopodsEmulator({ rows: OCTOPODS_ROWS })
    upstreams.push(shop, octo)
    live = [
      { id: 'shop', provider: wacr({ token: shop.settings.token, baseUrl: shop.url }, { source: 'shop' }) },
      {
        id: 'octo',
        provider: octopods({ apiKey: octo.settings.apiKey, baseUrl: octo.url }, { source: 'octo' }),
      },
    ]
    place = await createPlace()
    archive = await openArchive({ url: place.url })
    const sync = createSync({ archive, sources: live.map((source) => ({ ...source, poll: POLL })) })
    const results = await sync.once()
    if (!results.every(({ isComplete }) => isComplete)) throw new Error('The archive could not be filled')
    await sync.close()
  })

  afterAll(async () => {
    await archive.close()
    await place[Symbol.asyncDispose]()
    for (const each of upstreams) await each.close()
  })

  function engineOver(places: readonly ('live' | 'archived')[]): Engine {
    const sources = live.map(({ id, provider }, index) => ({
      id,
      provider:
        places[index] === 'live' ? provider : archive.source({ id, provider, maxStalenessMs: 3_600_000 }),
    }))
    return createEngine({ sources })
  }

  async function idsOf(engine: Engine, query: MessagesQuery): Promise<string[]> {
    const { rows } = await traverse(engine, query)
    return rows.map(({ source, message }) => `${source}:${message.upstreamId}`).toSorted()
  }

  it.each(Object.entries(PLACES))('whoever filters and searches: %s', async (_name, places) => {
    const engine = engineOver(places)
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        filters,
        searches,
        fc.integer({ min: 15, max: 400 }),
        async (filter, search, first) => {
          const expected = matchingRows(filter, search)
          expect(await idsOf(engine, { filter, search, first })).toEqual(expected)
          found += expected.length
        },
      ),
      { numRuns: RUNS, seed: SEED },
    )
    // The property says little where hardly anything matches.
    expect(found).toBeGreaterThan(RUNS * 20)
  })

  it('counted, in the order of sending, in both directions, at no request', async () => {
    const engine = engineOver(['archived', 'archived'])
    const requests = upstreams.reduce((sum, { log }) => sum + log.length, 0)
    await fc.assert(
      fc.asyncProperty(filters, searches, fc.integer({ min: 5, max: 100 }), async (filter, search, first) => {
        const { rows, pages } = await traverse(engine, { filter, search, first, totalCount: true })
        // A source that never lists a field of the filter may have others that match.
        const isKnown = pages[0]?.reports.every(
          ({ outcome, completeness }) => outcome !== 'PRUNED' || completeness !== 'NOT_TOLD',
        )
        const total = isKnown === true ? rows.length : null
        expect(pages.map(({ totalCount }) => totalCount)).toEqual(pages.map(() => total))
        const bySource = ['shop', 'octo'].map((id) => rows.filter(({ source }) => source === id))
        expect(rows).toEqual(mergeByTime(bySource))
        const sort = { field: 'createdAt', direction: 'asc' } as const
        const ascending = await traverse(engine, { filter, search, first, sort })
        const ids = (own: typeof rows): string[] => own.map(({ message }) => message.upstreamId)
        for (const [index, own] of bySource.entries()) {
          const id = ['shop', 'octo'][index]
          expect(ids(ascending.rows.filter(({ source }) => source === id))).toEqual(ids(own).toReversed())
        }
        const times = ids(bySource[0] ?? []).map((id) => SHOP_TIMES.get(id) ?? 0)
        expect(times).toEqual(times.toSorted((a, b) => b - a))
      }),
      { numRuns: RUNS, seed: SEED + 1 },
    )
    expect(upstreams.reduce((sum, { log }) => sum + log.length, 0)).toBe(requests)
  })

  it.each(Object.entries(PLACES))('read in one go as page by page: %s', async (_name, places) => {
    const engine = engineOver(places)
    // The live list has equal times in another order each time.
    const isOrdered = !places.includes('live')
    const shown = (messages: readonly SourcedMessage[]): unknown => {
      const each = messages.map(({ source, message }) => ({ source, message }))
      return isOrdered
        ? each
        : each
            .map(keyOf)
            .map(({ source, upstreamId }) => `${source} ${upstreamId}`)
            .toSorted()
    }
    const sorts = fc.constantFrom<MessageSort>(
      { field: 'createdAt', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
      // Live sources cannot sort by it in every direction.
      ...(isOrdered ? [{ field: 'updatedAt', direction: 'desc' } as const] : []),
    )
    const fields = fc.constantFrom(null, new Set(['text', 'contact'] as const))
    await fc.assert(
      fc.asyncProperty(
        filters,
        searches,
        sorts,
        fields,
        fc.integer({ min: 3, max: 120 }),
        fc.constantFrom('whole', 'current'),
        async (filter, search, sort, wanted, first, detail) => {
          const query = { filter, search, sort, first, fields: wanted }
          const { rows, pages } = await traverse(engine, query)
          const pieces = await piecesOf(engine, { ...query, records: detail })
          const read = pieces.flatMap(({ messages }) => messages)
          expect(shown(read)).toEqual(shown(rows))
          expect(pieces.at(-1)?.cursor()).toBeNull()
          expect(pieces.at(-1)?.isContinued).toBe(false)
          expect(pieces.at(-1)?.reports.map(({ completeness }) => completeness)).toEqual(
            pages.at(-1)?.reports.map(({ completeness }) => completeness),
          )
          for (const { messages, records } of pieces) {
            if (records === null) continue
            const stored = await archivedRecords(archive, messages.map(keyOf))
            const histories = detail === 'whole' ? {} : { statusHistory: [], textHistory: [] }
            expect(records).toEqual(stored.map((record) => record && { ...record, ...histories }))
          }
          const [cursor] = pieces.flatMap((piece, index) => (index > 0 ? (piece.cursor() ?? []) : []))
          if (cursor === undefined || !isOrdered) return
          const rest = await traverse(engine, { ...query, after: cursor })
          expect(shown(rest.rows)).toEqual(shown(rows.slice(rows.length - rest.rows.length)))
        },
      ),
      { numRuns: isOrdered ? RUNS : Math.ceil(RUNS / 5), seed: SEED + 2 },
    )
  })
})

function keyOf({ source, message }: SourcedMessage): MessageKey {
  return { source, upstreamId: message.upstreamId }
}
