/** What an export of a filled archive holds in memory while it comes on. Usage: `URL`. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../measure/child.ts'
import { type Cell, markdownTable } from '../measure/markdown-table.ts'
import { SOURCE } from './messages.ts'

interface Reading {
  /** Null at the end. */
  readonly messages: number | null
  readonly seconds: number
  readonly heap: number
  readonly rss: number
  readonly peakRss: number
}

/** A heap that would not hold what grows with the messages. */
const HEAP_MIB = 200
const EVERY = 100_000
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

const output = join(folder, 'messages.ndjson')
const job = {
  flags: ['--config', config, '--output', output],
  progress: `${output}.resume.json`,
  every: EVERY,
}
const child = startChild(SCRIPT, job, HEAP_MIB)
const rows: Cell[][] = []
for (;;) {
  const said = (await child.next()) as Reading | { readonly code: number }
  if ('code' in said) {
    // 3: what is stored ends before now, which the command calls a gap.
    if (said.code !== 0 && said.code !== 3) throw new Error(`The export ended with ${said.code}.`)
    break
  }
  const { messages, seconds, heap, rss, peakRss } = said
  rows.push([messages?.toLocaleString('en-US') ?? 'all', seconds, heap, rss, peakRss])
}
const { size } = await stat(output)
await rm(folder, { recursive: true })
console.log(markdownTable(['messages', 'seconds', 'heap MiB', 'RSS MiB', 'peak RSS MiB'], rows))
console.log(`\n${(size / 2 ** 20).toFixed(0)} MiB.`)
