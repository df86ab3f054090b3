import { type Kysely, sql, type SqlBool } from 'kysely'
import type { Dialect } from '../archive-database.js'
import type { Tables } from '../tables.js'

const TRIGRAM = 3

export const sqliteDialect: Dialect = {
  schema: null,
  now: sql<number>`unixepoch('subsec') * 1000.0`,
  generatedKey: sql`integer`,
  byteText: sql`text`,
  orderedByKey: sql`without rowid`,

  async lockMigrations() {
    // Every transaction is the only writer from its beginning.
  },

  /**
   * `detail=none` keeps which rows have a trigram and not where: a third of the size, and enough for candidates.
   * The triggers keep the index the table's, whoever writes.
   */
  async createSearchIndex(db: Kysely<Tables>): Promise<void> {
    await sql`
      create virtual table message_search using fts5 (
        search_text, content = 'messages', content_rowid = 'row_id',
        tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0
      )`.execute(db)
    await sql`
      create trigger message_search_insert after insert on messages
      when new.search_text is not null begin
        insert into message_search (rowid, search_text) values (new.row_id, new.search_text);
      end`.execute(db)
    await sql`
      create trigger message_search_update after update of search_text on messages
      when old.search_text is not new.search_text begin
        insert into message_search (message_search, rowid, search_text)
          select 'delete', old.row_id, old.search_text where old.search_text is not null;
        insert into message_search (rowid, search_text)
          select new.row_id, new.search_text where new.search_text is not null;
      end`.execute(db)
  },

  unindexed: (column) => sql`+${column}`,

  unlikely: (condition) => sql<SqlBool>`unlikely(${condition})`,

  later: (one, other) => sql<number>`max(${one}, ${other})`,

  isAmong: (column, values) =>
    sql<SqlBool>`${column} in (select value from json_each(${JSON.stringify(values)}))`,

  isAmongKeys: (column, keys) =>
    sql<SqlBool>`${column} in (select value from json_each(${JSON.stringify(keys)}))`,

  valuesOf: (types, rows) => {
    const row = `(${types.map(() => '?').join(', ')})`
    return { text: `values ${rows.map(() => row).join(', ')}`, parameters: rows.flat() }
  },

  tableOf: (values) => sql`(select value from json_each(${JSON.stringify(values)}))`,

  canFind: (text) => text.length >= TRIGRAM,

  mayContain: (text) =>
    sql<SqlBool>`row_id in (select rowid from message_search where message_search match ${matchQuery(text)})`,

  contains: (text) => sql<SqlBool>`instr(search_text, ${text}) > 0`,
}

/** All trigrams side by side, and the last one, until there are enough of them to leave few rows. */
function matchQuery(text: string): string {
  const starts = Array.from({ length: Math.ceil(text.length / TRIGRAM) }, (_, index) =>
    Math.min(index * TRIGRAM, text.length - TRIGRAM),
  )
  const trigrams = new Set(starts.map((start) => text.slice(start, start + TRIGRAM)))
  return [...trigrams].slice(0, MOST_TRIGRAMS).map(quote).join(' AND ')
}

const MOST_TRIGRAMS = 16

function quote(trigram: string): string {
  return `"${trigram.replaceAll('"', '""')}"`
}
