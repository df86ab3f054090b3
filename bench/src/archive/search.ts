/** What a search costs beside reading every text for the same. Usage: `URL`. */
import { openArchive } from '@waybill/archive'
import { searchForm } from '@waybill/core'
import Database from 'better-sqlite3'
import pg from 'pg'
import { markdownTable, type Cell } from '../measure/markdown-table.ts'
import { SOURCE } from './messages.ts'
import { medianOf } from '../measure/median.ts'
import { archivedSource, msOf, readPage } from './source.ts'

/** Words that none, few, some hundredths and many of the messages hold; parts of words; two characters. */
const SEARCHES = [
  'A-47110',
  'no such text',
  'ünstig',
  '4711',
  '15までにお届けします',
  'lucía',
  'hallo',
  'alex',
  'discount',
  'bestellung',
  'or',
  'qx',
]
const ROUNDS = 5
const TURNS = 5
const url = process.argv[2] ?? ''
const archive = await openArchive({ url })
const source = archivedSource(archive)
const scan = await openScan()

const rows: Cell[][] = []
for (const search of SEARCHES) {
  const { messages } = await readPage(source, { search })
  const [searchMs, scanMs] = await compare(
    () => readPage(source, { search }),
    () => scan.find(searchForm(search)),
  )
  rows.push([search, messages.length, searchMs, scanMs, scanMs / searchMs])
}
console.log(markdownTable(['search', 'found, of a page of 50', 'search, ms', 'scan, ms', 'ratio'], rows))
await scan.close()
await archive.close()

/** The medians of both, taken in turn: what else the machine does is then the same for both. */
async function compare(
  quick: () => Promise<unknown>,
  slow: () => Promise<unknown>,
): Promise<readonly [number, number]> {
  const quickMs: number[] = []
  const slowMs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    slowMs.push(await msOf(slow))
    // What it reads has to come back first.
    await quick()
    for (let turn = 0; turn < TURNS; turn += 1) quickMs.push(await msOf(quick))
  }
  return [medianOf(quickMs), medianOf(slowMs)]
}

interface Scan {
  find(text: string): Promise<unknown>
  close(): Promise<void>
}

/** The same question of a database that has no index on the text: all texts are read, and what matches is sorted. */
async function openScan(): Promise<Scan> {
  if (archive.engine === 'sqlite') {
    const database = new Database(url.slice('sqlite:'.length))
    // Not the index in the order of the list either, from which it would stop early.
    const statement = database.prepare(query('messages not indexed', 'instr(search_text, ?) > 0'))
    return { find: async (text) => statement.all(text), close: async () => void database.close() }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const kind of ['indexscan', 'bitmapscan', 'indexonlyscan'])
    await client.query(`set enable_${kind} = off`)
  const text = query('waybill.messages', 'strpos(search_text, $1) > 0')
  return { find: (value) => client.query(text, [value]), close: () => client.end() }
}

function query(table: string, holds: string): string {
  return `select body from ${table} where source = '${SOURCE}' and ${holds} order by sent_at desc, id_key desc limit 51`
}
