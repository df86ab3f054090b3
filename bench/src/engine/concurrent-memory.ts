/** What does an engine hold while many read through it at once? */
import { startChild } from '../measure/child.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { startWacrProcess } from '../upstream/wacr-process.ts'
import type { ReadTogetherOptions, ReadTogetherResult } from './read-together.ts'

const COUNT = 20_000
const CASES: readonly (readonly [name: string, readers: number, isSame: boolean])[] = [
  ['1', 1, true],
  ['64 of the same list', 64, true],
  ['64 of different lists', 64, false],
]
const SCRIPT = new URL('read-together.ts', import.meta.url)

await using tenant = await startWacrProcess({ kind: 'plain', count: COUNT })
const rows: (string | number)[][] = []
for (const [name, readers, isSame] of CASES) {
  const options: ReadTogetherOptions = { source: tenant.address, readers, isSame }
  const child = startChild(SCRIPT, options)
  const { requests, messages, heap, peakRss } = (await child.next()) as ReadTogetherResult
  await child.end()
  rows.push([name, messages, requests, heap, peakRss])
}
console.log(`\nTraversals of ${COUNT} rows at once, 100 rows an answer\n`)
console.log(markdownTable(['traversals', 'messages', 'requests', 'heap MiB', 'peak RSS MiB'], rows))
