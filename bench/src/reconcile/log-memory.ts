/**
 * What a reconciliation holds in memory and costs as its log grows. Usage: `[ENTRIES…]`, default 100,000 and a million. The
 * log is CSV in no order, the archive is SQLite and has as many messages.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../measure/child.ts'
import { type Cell, markdownTable } from '../measure/markdown-table.ts'
import { fillHistory, SOURCE, writeLog } from './fill-history.ts'

interface Measured {
  readonly code: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakRss: number
}

const SCRIPT = new URL('run-reconcile.ts', import.meta.url)
const given = process.argv.slice(2).map(Number)
const rows: Cell[][] = []
for (const count of given.length === 0 ? [100_000, 1_000_000] : given) {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'))
  try {
    rows.push(await measure(folder, count))
  } finally {
    await rm(folder, { recursive: true })
  }
}
console.log(markdownTable(['entries', 'peak RSS MiB', 'seconds', 'of the processor, s'], rows))

async function measure(folder: string, count: number): Promise<Cell[]> {
  const config = join(folder, 'waybill.config.json')
  const options = { token: 'unused', baseUrl: 'http://127.0.0.1:1/api/v2' }
  await writeFile(
    config,
    JSON.stringify({
      archive: { url: 'sqlite:./waybill.db' },
      sources: [{ id: SOURCE, provider: '@waybill/provider-wacr', options, read: 'archive' }],
    }),
  )
  const log = join(folder, 'sent.csv')
  await fillHistory(join(folder, 'waybill.db'), count)
  await writeLog(log, count)
  const child = startChild(SCRIPT, [log, '--config', config, '--output', join(folder, 'findings.ndjson')])
  const { code, seconds, cpuSeconds, peakRss } = (await child.next()) as Measured
  // Every tenth entry is missing.
  if (code !== 4) throw new Error(`The reconciliation ended with ${code}.`)
  return [count.toLocaleString('en-US'), peakRss, seconds, cpuSeconds]
}
