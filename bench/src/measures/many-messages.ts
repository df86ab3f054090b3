import { openArchive } from '@waybill/archive'
import { type MessageProvider, searchForm } from '@waybill/core'
import Database from 'better-sqlite3'
import { SOURCE } from '../archive/messages.ts'
import { archivedSource, msOf, type Question, readPage } from '../archive/source.ts'
import type { Goal, Measure } from '../compare/measure.ts'
import { markdownTable } from '../measure/markdown-table.ts'
import { medianOf } from '../measure/median.ts'
import { MANY } from '../stage/sizes.ts'

const TURNS = 21
const PAGE = 'order by sent_at desc, id_key desc limit 51'
const DAY_MS = 86_400_000
/** An order, of which a few messages of a million tell. */
const ORDER = /A-\d{5}/

/** Two ways to the same answer. */
interface Pair {
  readonly what: string
  readonly against: string
  readonly own: () => Promise<unknown>
  readonly other: () => unknown
  readonly reach: NonNullable<Goal['reach']>
}

export const measure: Measure = {
  title: 'Questions to a large archive in SQLite',
  about: `One archived source of ${MANY.toLocaleString('en-US')} messages, asked through its provider, beside statements by hand that read the same rows; medians of ${TURNS} turns each. A scan reads every text.`,
  run: async (stage) => {
    const url = await stage.sqliteArchive(MANY)
    const archive = await openArchive({ url })
    const database = new Database(url.replace('sqlite:', ''), { readonly: true })
    const rows: (string | number)[][] = []
    const goals: Goal[] = []
    for (const { what, against, own, other, reach } of await pairsOf(archivedSource(archive), database)) {
      const [ownMs, otherMs] = await compare(own, other)
      rows.push([what, against, ownMs, otherMs])
      // A page that is to cost no more than another is compared by its time, everything else by how fast it is.
      goals.push({ what, against, ratio: 'atMost' in reach ? ownMs / otherMs : otherMs / ownMs, reach })
    }
    database.close()
    await archive.close()
    return { goals, table: markdownTable(['what', 'beside', 'ms', 'beside, ms'], rows) }
  },
}

async function pairsOf(source: MessageProvider, database: Database.Database): Promise<readonly Pair[]> {
  const { messages } = await readPage(source, { limit: 500 })
  const contact = messages.find((each) => each.contact !== null)?.contact?.id ?? ''
  const rare =
    messages.map(({ text }) => ORDER.exec(text ?? '')?.[0]).find((found) => found !== undefined) ?? ''
  const ask = (question: Question) => (): Promise<unknown> => readPage(source, question)
  const rows = (condition: string): Database.Statement =>
    database.prepare(`select body, contact from messages where source = '${SOURCE}' and ${condition} ${PAGE}`)
  const byContact = rows('contact = ?')
  const found = rows(
    "row_id in (select rowid from message_search where message_search match ?) and instr(search_text, 'alex') > 0",
  )
  const scanned = database.prepare(
    `select body from messages not indexed where source = '${SOURCE}' and instr(search_text, ?) > 0 ${PAGE}`,
  )
  const days = database.prepare(
    `select cast(sent_at / ${DAY_MS} as integer) as day, count(*) from messages where source = '${SOURCE}' group by 1`,
  )
  const deep = await cursorAt(source, MANY - 500)
  const byHand = 'the same SQL by hand'
  return [
    {
      what: 'A page of one contact',
      against: byHand,
      own: ask({ filter: [{ field: 'contact', operator: 'eq', values: [contact] }] }),
      other: () => parsed(byContact, contact),
      reach: { atLeast: 0.5 },
    },
    {
      what: 'A page of a search',
      against: byHand,
      own: ask({ search: 'alex' }),
      other: () => parsed(found, 'ale AND lex'),
      reach: { atLeast: 0.5 },
    },
    {
      what: 'A count by day',
      against: byHand,
      own: async () => source.count?.({ filter: [], search: null, by: ['DAY'], timeZone: 'UTC' }),
      other: () => days.all(),
      reach: { atLeast: 0.5 },
    },
    {
      what: 'A search for a rare word',
      against: 'a scan',
      own: ask({ search: rare }),
      other: () => scanned.all(searchForm(rare)),
      reach: { atLeast: 20 },
    },
    {
      what: 'The last page',
      against: 'the first page',
      own: ask({ after: deep }),
      other: ask({}),
      reach: { atMost: 1.2 },
    },
  ]
}

function parsed(statement: Database.Statement, value: unknown): unknown[] {
  const rows = statement.all(value) as { readonly body: string }[]
  return rows.map(({ body }) => JSON.parse(body) as unknown)
}

async function cursorAt(source: MessageProvider, depth: number): Promise<string | null> {
  let after: string | null = null
  for (let passed = 0; passed < depth; passed += 500) {
    const { cursor } = await readPage(source, { after, limit: 500 })
    after = cursor?.cursors.at(-1) ?? after
  }
  return after
}

/** The medians of both, taken in turns. */
async function compare(
  own: () => Promise<unknown>,
  other: () => unknown,
): Promise<readonly [number, number]> {
  const [ownMs, otherMs]: [number[], number[]] = [[], []]
  await own()
  for (let turn = 0; turn < TURNS; turn += 1) {
    ownMs.push(await msOf(own))
    otherMs.push(await msOf(async () => other()))
  }
  return [medianOf(ownMs), medianOf(otherMs)]
}
