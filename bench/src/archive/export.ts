/** What an export of a filled archive holds in memory, by how much it writes. Usage: `URL`. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../measure/child.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { BEGIN, SOURCE, STEP_MS } from './messages.ts'

interface Exported {
  readonly code: number
  readonly peakRss: number
  readonly seconds: number
}

const SIZES = [10_000, 100_000, 1_000_000]
const SCRIPT = new URL('run-export.ts', import.meta.url)
const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'))
const config = join(folder, 'waybill.config.json')
const options = { token: 'unused', baseUrl: 'http://127.0.0.1:1/api/v2' }
await writeFile(
  config,
  JSON.stringify({
    archive: { url: process.argv[2] },
    sources: [{ id: SOURCE, provider: '@waybill/provider-wacr', options, read: 'archive' }],
  }),
)

const rows: number[][] = []
for (const size of SIZES) {
  const output = join(folder, `${size}.ndjson`)
  const until = new Date(BEGIN + size * STEP_MS).toISOString()
  const child = startChild(SCRIPT, ['export', '--config', config, '--until', until, '--output', output])
  const { code, peakRss, seconds } = (await child.next()) as Exported
  if (code !== 0) throw new Error(`The export ended with ${code}.`)
  const { size: bytes } = await stat(output)
  rows.push([size, bytes / 2 ** 20, peakRss, seconds, size / seconds])
}
await rm(folder, { recursive: true })
console.log(markdownTable(['messages', 'file MiB', 'peak RSS MiB', 'seconds', 'messages/s'], rows))
