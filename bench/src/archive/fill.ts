/** How fast an archive is filled by commits of whole batches. Usage: `URL [MESSAGES]`, default a million; keeps it. */
import { openArchive } from '@waybill/archive'
import { markdownTable } from '../measure/markdown-table.ts'
import { peakRss } from '../measure/memory.ts'
import { BEGIN, CHUNK, chunkOf, SOURCE, STEP_MS } from './messages.ts'

const url = process.argv[2] ?? ''
const count = Number(process.argv[3] ?? 1_000_000)
const archive = await openArchive({ url })
const lease = await archive.store.acquire(SOURCE, 'bench', 86_400_000)
if (lease === null) throw new Error('The archive is being filled already.')

const rows: number[][] = []
let stretchMs = 0
for (let first = 0; first < count; first += CHUNK) {
  const messages = chunkOf(first)
  const until = BEGIN + (first + CHUNK) * STEP_MS
  const begin = performance.now()
  await archive.store.commit({
    lease,
    observedAt: until,
    messages,
    coverage: [{ from: 0, to: until }],
    progress: { lastSyncedAt: Date.now(), pollIntervalMs: 300_000 },
  })
  stretchMs += performance.now() - begin
  if ((first + CHUNK) % (count / 10) !== 0) continue
  rows.push([first + CHUNK, count / 10 / (stretchMs / 1000), peakRss()])
  stretchMs = 0
}
await archive.store.release(lease)
await archive.close()
console.log(markdownTable(['messages', 'messages/s', 'peak RSS MiB'], rows))
