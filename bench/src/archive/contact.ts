/** What a filter by the other party costs beside one by the sender. Usage: `URL`. */
import { openArchive } from '@waybill/archive'
import type { FilterClause } from '@waybill/core'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { archivedSource, medianMs, readPage } from './source.ts'

const SENDERS = 20
const archive = await openArchive({ url: process.argv[2] ?? '' })
const source = archivedSource(archive)

const { messages } = await readPage(source, { limit: 500 })
const inbound = messages.filter(({ contact }) => contact?.basis === 'TOLD')
const numbers = [...new Set(inbound.flatMap(({ from }) => from ?? []))].slice(0, SENDERS)

const by = (field: 'from' | 'contact', value: string, operator: 'eq' | 'startsWith'): FilterClause => ({
  field,
  operator,
  values: [value],
})
const questions = [
  ['a number', 'eq', numbers],
  ['the beginning of numbers', 'startsWith', numbers.map((number) => number.slice(0, 9))],
] as const
const rows: (string | number)[][] = []
for (const [name, operator, values] of questions) {
  for (const field of ['from', 'contact'] as const) {
    const times: number[] = []
    let found = 0
    for (const value of values) {
      const filter = [by(field, value, operator)]
      found += (await readPage(source, { filter, limit: 500 })).messages.length
      times.push(await medianMs(() => readPage(source, { filter })))
    }
    rows.push([name, field, found / values.length, medianOf(times), Math.max(...times)])
  }
}
console.log(markdownTable(['filter', 'field', 'found, of 500', 'page of 50, median ms', 'slowest ms'], rows))
await archive.close()
