/** How many requests do a hundred rows cost, and does it grow with the length of the list? */
import type { MessageField } from '@waybill/core'
import { startWacrEmulator, type WacrRow } from '@waybill/emulators'
import { createEngine, type MessagePage } from '@waybill/engine'
import { markdownTable } from '../measure/markdown-table.ts'
import { tableRows } from '../upstream/table-rows.ts'
import { wacrSource } from '../upstream/wacr-process.ts'

interface Reading {
  readonly first: number
  readonly fields: readonly MessageField[]
}

const SERVED = 100
const SHORT = 2000
/** Generated rows lie in a month, however many there are: the more, the closer. */
const LONG = [10_000, 50_000, 200_000, 400_000, 1_000_000]
const READ = 40_000

const READINGS: readonly Reading[] = [
  { first: 20, fields: ['text'] },
  { first: 100, fields: ['text'] },
  { first: 500, fields: ['text'] },
  { first: 500, fields: ['text', 'direction'] },
]

const short = [1, ...READINGS.map(({ first }) => first)].filter((first, at, all) => all.indexOf(first) === at)
const quiet: (string | number)[][] = []
for (const kind of ['plain', 'generated'] as const) {
  const rows = tableRows({ kind, count: SHORT })
  const costs: number[] = []
  for (const first of short) costs.push(await costOf(rows, { first, fields: ['text'] }))
  quiet.push([kind, ...costs])
}
console.log(`\nRequests for ${SHORT} rows of a quiet list, by rows an answer (${short.join(', ')})\n`)
console.log(markdownTable(['rows', ...short.map((first) => `first ${first}`)], quiet))

const long: (string | number)[][] = []
for (const count of LONG) {
  const rows = tableRows({ kind: 'generated', count })
  const costs: number[] = []
  for (const reading of READINGS) {
    const read = Math.min(count, READ)
    costs.push((await costOf(rows, reading, read)) / (read / SERVED))
  }
  long.push([count, ...costs])
}
const names = READINGS.map(({ first, fields }) => `first ${first}${fields.length > 1 ? ', directions' : ''}`)
console.log(`\nRequests for a hundred of the first ${READ} rows, in a list of so many within a month\n`)
console.log(markdownTable(['rows', ...names], long))

async function costOf(
  rows: readonly WacrRow[],
  { first, fields }: Reading,
  most = rows.length,
): Promise<number> {
  await using emulator = await startWacrEmulator({ rows, tableOptions: { ties: 'shuffle' } })
  const { url, settings } = emulator
  const engine = createEngine({ sources: [wacrSource('shop', { url, token: settings.token })] })
  let after: string | null = null
  let read = 0
  do {
    const page: MessagePage = await engine.messages({ first, after, fields: new Set(fields) })
    read += page.edges.length
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null && read < most)
  return emulator.log.length
}
