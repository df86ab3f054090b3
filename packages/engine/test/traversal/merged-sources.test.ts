import { generateOctopodsRows, generateWacrRows, type WacrSettings } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { mergeByTime } from '../support/merge-oracle.js'
import { expectHonestReports } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'
import { startOctopods, startWacr } from '../support/upstreams.js'

const SPAN = { spanMs: 6 * 60 * 60 * 1000 }
const NORTH = generateWacrRows({ count: 1000, seed: 1, tieDensity: 0.3, ...SPAN })
const SOUTH = generateWacrRows({ count: 1000, seed: 2, tieDensity: 0.3, maxSkewMs: 0, ...SPAN })
const SENT = generateOctopodsRows({ count: 250, seed: 3, tieDensity: 0.3, ...SPAN })

const CASES: readonly [first: number, settings: Partial<WacrSettings>, fields: 'all' | 'text'][] = [
  [1, {}, 'text'],
  [7, { envelope: 'root', maxPerPage: 50 }, 'text'],
  [20, { envelope: 'array' }, 'text'],
  [100, { envelope: 'data', maxPerPage: 30 }, 'text'],
  [137, { envelope: 'nested', wrapper: true, numbersAsStrings: true }, 'all'],
  [500, { envelope: 'data-pagination', totals: false, reportPerPage: false, maxPerPage: 50 }, 'text'],
]

it.each(CASES)(
  'merges two tenants and a window by time, then source: first %i, %j, fields %s',
  async (first, settings, fields) => {
    const options = { tableOptions: { ties: 'shuffle' }, ...settings } as const
    const upstreams = [
      await startWacr('south', { rows: SOUTH, ...options }),
      await startOctopods('octo', { rows: SENT, tableOptions: { ties: 'stable' } }),
      await startWacr('north', { rows: NORTH, ...options }),
    ]
    const engine = createEngine({ sources: upstreams.map(({ source }) => source) })
    const { pages, rows } = await traverse(engine, {
      first,
      ...(fields === 'text' ? { fields: new Set(['text'] as const) } : {}),
    })

    const bySource = upstreams.map(({ id }) => rows.filter((row) => row.source === id))
    expect(bySource.map((own) => idsOf(own).toSorted())).toEqual([
      SOUTH.map((row) => String(row.id)).toSorted(),
      SENT.slice(-100)
        .map((row) => String(row.messageId))
        .toSorted(),
      NORTH.map((row) => String(row.id)).toSorted(),
    ])
    if (fields === 'text') {
      for (const [own, table] of [
        [bySource[0], SOUTH],
        [bySource[2], NORTH],
      ] as const) {
        const createdAt = new Map(table.map((row) => [String(row.id), row.createdAt]))
        const times = idsOf(own ?? []).map((id) => createdAt.get(id) ?? Number.NaN)
        expect(times).toEqual(times.toSorted((a, b) => b - a))
      }
    }
    expect(rows).toEqual(mergeByTime(bySource))
    expect(pages.every((page) => page.reports.every((report) => report.error === null))).toBe(true)
    expectHonestReports(pages, upstreams)
  },
)
