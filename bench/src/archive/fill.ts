/** How fast a sync fills an archive. Usage: `URL [MESSAGES]`, default a million; keeps it. */
import { createSync, openArchive, type SyncEvent } from '@waybill/archive'
import { markdownTable } from '../measure/markdown-table.ts'
import { peakRss } from '../measure/memory.ts'
import { SOURCE } from './messages.ts'
import { generatedProvider } from './source.ts'

const url = process.argv[2] ?? ''
const count = Number(process.argv[3] ?? 1_000_000)
const archive = await openArchive({ url })

const rows: number[][] = []
let begin = performance.now()
let reached = 0
function measure(event: SyncEvent): void {
  if (event.kind !== 'history' || event.read - reached < count / 10) return
  rows.push([event.read, (event.read - reached) / ((performance.now() - begin) / 1000), peakRss()])
  reached = event.read
  begin = performance.now()
}

const poll = { minPollMs: 300_000, maxPollMs: 300_000, maxStalenessMs: 300_000 }
const rateLimit = { requests: 1_000_000, perSeconds: 1 }
const sources = [{ id: SOURCE, provider: generatedProvider(count), poll, rateLimit }]
const sync = createSync({ archive, sources, onEvent: measure })
await sync.once()
await sync.close()
await archive.close()
console.log(markdownTable(['messages', 'messages/s', 'peak RSS MiB'], rows))
