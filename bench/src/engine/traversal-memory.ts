/** Does the engine's memory grow with how far a traversal has come? Usage: `[ROWS]`, default a million. */
import type { MessageField } from '@waybill/core'
import { startChild } from '../measure/child.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import type { TableOptions } from '../upstream/table-rows.ts'
import { startWacrProcess } from '../upstream/wacr-process.ts'
import type { TraverseOptions, TraverseReading } from './traverse.ts'

interface Case {
  readonly name: string
  readonly tables: readonly TableOptions[]
  readonly fields: readonly MessageField[]
}

const count = Number(process.argv[2] ?? 1_000_000)
const CASES: readonly Case[] = [
  { name: 'one source, one stream', tables: [{ kind: 'plain', count }], fields: ['text'] },
  {
    name: 'one source, directions learned',
    tables: [{ kind: 'plain', count }],
    fields: ['text', 'direction'],
  },
  {
    name: 'two sources',
    tables: [
      { kind: 'plain', count: count / 2 },
      { kind: 'generated', count: count / 2 },
    ],
    fields: ['text'],
  },
]
const SCRIPT = new URL('traverse.ts', import.meta.url)

for (const { name, tables, fields } of CASES) {
  await using running = new AsyncDisposableStack()
  const tenants = await Promise.all(tables.map(startWacrProcess))
  for (const tenant of tenants) running.use(tenant)
  const readings = await traverse({
    sources: tenants.map(({ address }) => address),
    fields,
    every: count / 10,
  })
  const rows = readings.map((each) => [
    each.rows,
    each.requests,
    each.heap,
    each.rss,
    each.peakRss,
    each.seconds,
  ])
  const head = ['rows', 'requests', 'heap MiB', 'RSS MiB', 'peak RSS MiB', 'seconds']
  console.log(`\n${name}\n\n${markdownTable(head, rows)}`)
}

async function traverse(options: TraverseOptions): Promise<TraverseReading[]> {
  const child = startChild(SCRIPT, options)
  const readings: TraverseReading[] = []
  for (let reading = await child.next(); reading !== undefined; reading = await child.next()) {
    readings.push(reading as TraverseReading)
  }
  return readings
}
