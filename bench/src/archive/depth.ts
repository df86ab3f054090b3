/** What a page costs that lies deep in a filled archive. Usage: `URL`. */
import { openArchive } from '@waybill/archive'
import { markdownTable } from '../measure/markdown-table.ts'
import { archivedSource, medianMs, readPage } from './source.ts'

const archive = await openArchive({ url: process.argv[2] ?? '' })
const source = archivedSource(archive)
const { messageCount } = await archive.status('shop')
const places: [depth: number, cursor: string | null][] = [[0, null]]
let after: string | null = null
let depth = 0
do {
  const { cursor } = await readPage(source, { after, limit: 500 })
  after = cursor?.cursors.at(-1) ?? null
  depth += cursor?.cursors.length ?? 0
  const isLast = depth + 500 >= messageCount
  if (depth % (messageCount / 4) < 500 || isLast) places.push([depth, after])
  if (isLast) break
} while (after !== null)

const rows: number[][] = []
let firstMs = 0
for (const [place, cursor] of places) {
  const ms = await medianMs(() => readPage(source, { after: cursor }))
  firstMs ||= ms
  rows.push([place, ms, ms / firstMs])
}
console.log(markdownTable(['messages before it', 'page of 50, ms', 'of the first page'], rows))
await archive.close()
