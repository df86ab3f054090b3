import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { FEW_ROUNDS } from '../stage/sizes.ts'
import type { Stage } from '../stage/stage.ts'
import { type CommandCost, type CommandLine, costOf } from './command-cost.ts'
import type { Goal, Measured } from './measure.ts'

const MAIN = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url))
const FORMATS = ['ndjson', 'csv', 'parquet'] as const
/** 3: what is stored ends before now, which the command calls a gap. */
const INCOMPLETE = 3
const MOST_MIB = 150
/** As the guide says. */
const ENVIRONMENT = { NODE_OPTIONS: '--max-semi-space-size=4', MALLOC_ARENA_MAX: '1' }

/** A dump of the same columns by the database's own command. */
export interface Dump {
  readonly name: string
  readonly command: (format: (typeof FORMATS)[number]) => Pick<CommandLine, 'command' | 'args'>
}

/** Exports a whole archive in each format, and lets the database's own command dump it, in turns. */
export async function compareExports(
  stage: Stage,
  url: string,
  count: number,
  dump: Dump,
): Promise<Measured> {
  const config = join(stage.folder, 'export.config.json')
  await writeFile(config, JSON.stringify(archiveConfiguration(url)))
  const output = join(stage.folder, 'export.out')
  const rows: (string | number)[][] = []
  const goals: Goal[] = []
  for (const format of FORMATS) {
    const args = [MAIN, 'export', '--config', config, '--format', format]
    const [own, other]: [CommandCost[], CommandCost[]] = [[], []]
    for (let round = 0; round < Math.min(stage.rate.rounds, FEW_ROUNDS); round += 1) {
      other.push(await costOf({ ...dump.command(format), output }))
      own.push(
        await costOf({ command: process.execPath, args, output, environment: ENVIRONMENT }, [INCOMPLETE]),
      )
    }
    for (const [name, costs] of [
      [dump.name, other],
      ['waybill export', own],
    ] as const) {
      const seconds = median(costs, 'seconds')
      rows.push([
        format,
        name,
        Math.round(count / seconds),
        median(costs, 'cpuSeconds'),
        median(costs, 'peakMiB'),
      ])
    }
    const what = `An export to ${format}`
    goals.push(
      {
        what,
        against: dump.name,
        ratio: median(other, 'seconds') / median(own, 'seconds'),
        reach: { atLeast: 0.5 },
      },
      {
        what: `${what}: resident memory`,
        against: `${MOST_MIB} MiB`,
        ratio: median(own, 'peakMiB') / MOST_MIB,
        reach: { atMost: 1 },
      },
    )
  }
  return { goals, table: markdownTable(['format', 'command', 'rows/s', 'processor s', 'peak MiB'], rows) }
}

function median(costs: readonly CommandCost[], key: keyof CommandCost): number {
  return medianOf(costs.map((cost) => cost[key]))
}
