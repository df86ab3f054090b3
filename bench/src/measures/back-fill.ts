import { createSync, openArchive } from '@waybill/archive'
import type { EngineSource } from '@waybill/engine'
import { join } from 'node:path'
import type { Measure } from '../compare/measure.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { FEW_ROUNDS } from '../stage/sizes.ts'
import { startWacrProcess, wacrSource } from '../upstream/wacr-process.ts'

const COUNT = Number(process.env['WAYBILL_BENCH_BACK_FILL'] ?? 100_000)
const PAGE = 100
const poll = { minPollMs: 100_000_000, maxPollMs: 100_000_000, maxStalenessMs: 100_000_000 }
const rateLimit = { requests: 1_000_000, perSeconds: 1 }
/** The other one reads pages only. */
const PAGES_ALONE = { poll, rateLimit, detailShare: 0 }

export const measure: Measure = {
  title: 'A back-fill',
  about: `The sync of ${COUNT.toLocaleString('en-US')} messages of a tenant of WA.cr into an empty archive, beside fetching the same pages of a hundred one after the other, and throwing them away. Neither requests single messages, as a sync does for those whose failure no list explains.`,
  run: async (stage) => {
    await using tenant = await startWacrProcess({ count: COUNT, kind: 'generated' })
    const source = wacrSource('shop', tenant.address)
    const seconds: Record<string, number[]> = { 'fetched and thrown away': [], SQLite: [], PostgreSQL: [] }
    for (let round = 0; round < Math.min(stage.rate.rounds, FEW_ROUNDS); round += 1) {
      seconds['fetched and thrown away']?.push(await secondsOf(() => fetchAll(source)))
      const sqlite = `sqlite:${join(stage.folder, `back-fill-${round}.db`)}`
      seconds['SQLite']?.push(await secondsOf(() => fill(sqlite, source)))
      const postgres = await stage.emptyPostgres(`back_fill_${round}`)
      seconds['PostgreSQL']?.push(await secondsOf(() => fill(postgres, source)))
    }
    const medians = Object.entries(seconds).map(([name, each]) => [name, medianOf(each)] as const)
    const fetching = medians[0]?.[1] ?? Number.NaN
    return {
      table: markdownTable(
        ['what', 'messages/s', 'of fetching'],
        medians.map(([name, each]) => [name, Math.round(COUNT / each), fetching / each]),
      ),
      goals: medians.slice(1).map(([name, each]) => ({
        what: `A back-fill into ${name}`,
        against: 'fetching the same pages',
        ratio: fetching / each,
        reach: { atLeast: 0.9 },
      })),
    }
  },
}

async function fetchAll({ provider }: EngineSource): Promise<void> {
  const sort = { field: 'createdAt', direction: 'desc' } as const
  for (let number = 1, left = COUNT; left > 0; number += 1) {
    const page = { kind: 'page', number, size: PAGE } as const
    const { messages } = await provider.list({ filter: [], search: null, sort, fields: null, page })
    if (messages.length === 0) return
    left -= messages.length
  }
}

async function fill(url: string, source: EngineSource): Promise<void> {
  const archive = await openArchive({ url })
  const sync = createSync({ archive, sources: [{ ...source, ...PAGES_ALONE }] })
  await sync.once()
  await sync.close()
  await archive.close()
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}
