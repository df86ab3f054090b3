import { closeSync, openSync } from 'node:fs'
import type { HistoryMessage, LogEntry } from '@waybill/reconcile'
import Database from 'better-sqlite3'
import { type EntryRow, packEntry, packMessage, unpackEntry, unpackMessage } from './work-rows.js'
import { prepareStatements, type Statements, TABLES } from './work-statements.js'

/** What a reconciliation works with cannot be kept on disk. The message gives the reason and the remedy. */
export class WorkStoreError extends Error {
  /** @param cause an error of SQLite */
  constructor(cause: Error & { readonly code: string }) {
    const isFull = cause.code === 'SQLITE_FULL'
    const reason = isFull ? 'the disk is full' : `the system refuses it (${cause.code})`
    const remedy = 'Free some space, or set TMPDIR or --output to another folder'
    super(`The temporary data of the reconciliation cannot be written: ${reason}. ${remedy}.`, { cause })
    this.name = 'WorkStoreError'
  }
}

/** What has to be known of a log before it is compared. */
export interface LogOutline {
  readonly entries: number
  /** The earliest and the latest time; null where no entry has one. */
  readonly first: number | null
  readonly last: number | null
  /** How many entries have no time. */
  readonly untimed: number
  /** Whether there are entries that have none in the log. */
  readonly hasUntimed: boolean
}

/**
 * What a reconciliation works with, on disk: the entries of the log, the messages of the history, and the findings. So
 * memory does not depend on how many there are, both can be read in order of time, and the findings in that of the log.
 */
export class WorkStore {
  readonly #db: Database.Database
  readonly #statements: Statements
  #messageCount: number

  /**
   * @param file - where it is kept, so that the work can be resumed; null: in a file of the system's temporary folder that
   *   only this process can open, and that is gone when it ends.
   */
  constructor(file: string | null) {
    // It has the texts and numbers of messages: nobody else may read it.
    if (file !== null) closeSync(openSync(file, 'a', 0o600))
    this.#db = new Database(file ?? '')
    this.#db.pragma(`journal_mode = ${file === null ? 'OFF' : 'DELETE'}`)
    this.#db.pragma(`synchronous = ${file === null ? 'OFF' : 'NORMAL'}`)
    this.#db.pragma('temp_store = FILE')
    this.#db.pragma('cache_size = -32768')
    this.#db.exec(TABLES)
    this.#statements = prepareStatements(this.#db)
    this.#messageCount = this.#statements.messageCount.get()?.count ?? 0
  }

  /** The error of the file system behind an error of the store, in words; any other error as it is. */
  static explain(error: unknown): unknown {
    return error instanceof Database.SqliteError ? new WorkStoreError(error) : error
  }

  /** What was kept under a name; undefined where nothing was. */
  state(name: string): unknown {
    const row = this.#statements.state.get(name)
    return row === undefined ? undefined : JSON.parse(row.value)
  }

  /** Everything that `change` does is kept, or nothing. */
  atomically(change: () => void): void {
    this.#db.transaction(change)()
  }

  setState(name: string, value: unknown): void {
    this.#statements.setState.run(name, JSON.stringify(value))
  }

  addEntry(entry: LogEntry): void {
    const hasId = isFilled(entry.id) || isFilled(entry.whatsappId)
    this.#statements.addEntry.run(
      entry.entry,
      entry.at,
      Number(entry.at !== null),
      Number(hasId),
      packEntry(entry),
    )
  }

  addMessage(message: HistoryMessage): void {
    const { sentAt, source, upstreamId, whatsappId } = message
    this.#messageCount += 1
    this.#statements.addMessage.run(sentAt, source, upstreamId, whatsappId, packMessage(message))
  }

  addFinding(entry: number | null, line: string): void {
    if (entry === null) this.#statements.addUnclaimed.run(line)
    else this.#statements.addFinding.run(entry, line)
  }

  /** Forgets everything. */
  clear(): void {
    this.#db.exec('delete from entries; delete from messages; delete from state')
    this.#messageCount = 0
    this.clearFindings()
  }

  /** Forgets the findings. */
  clearFindings(): void {
    this.#db.exec('delete from findings; delete from unclaimed')
  }

  /** What has to be known of the log before it is compared. */
  outline(): LogOutline {
    const row = this.#statements.outline.get()
    return {
      entries: row?.entries ?? 0,
      first: row?.first ?? null,
      last: row?.last ?? null,
      untimed: row?.untimed ?? 0,
      hasUntimed: row?.allTimed === 0,
    }
  }

  /** Whether the entry has a time of its own in the log. */
  isTimed(entry: number): boolean {
    return this.#statements.isTimed.get(entry)?.timed !== 0
  }

  /** Gives an entry without a time the time of its message. */
  setTime(entry: number, at: number): void {
    this.#statements.setTime.run(at, entry)
  }

  /** The entries in order of time, those without one first. */
  *entries(): Generator<LogEntry[], void, undefined> {
    yield* this.#pages(this.#statements.untimed, [0], ({ entry }) => [entry])
    yield* this.#pages(this.#statements.timed, [Number.NEGATIVE_INFINITY, 0], ({ at, entry }) => [at, entry])
  }

  /** The entries with an id or a WhatsApp id, in the order of the log: those without a time, or those with one. */
  *named(hasTime: boolean): Generator<LogEntry[], void, undefined> {
    const statement = hasTime ? this.#statements.namedTimed : this.#statements.namedUntimed
    yield* this.#pages(statement, [0], ({ entry }) => [entry])
  }

  /** The messages in order of time. */
  *messages(): Generator<HistoryMessage[], void, undefined> {
    let after: unknown[] = [Number.NEGATIVE_INFINITY, '', '']
    for (;;) {
      const rows = this.#statements.messages.all(...after)
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows.map((row) => unpackMessage(row))
      after = [last.sent_at, last.source, last.upstream_id]
    }
  }

  /** How many messages were added. */
  get messageCount(): number {
    return this.#messageCount
  }

  /** Those of the messages that have one of the identifiers. */
  find(ids: readonly string[], whatsappIds: readonly string[]): HistoryMessage[] {
    const byId = this.#statements.withIds.all(JSON.stringify(ids))
    const byWhatsappId = this.#statements.withWhatsappIds.all(JSON.stringify(whatsappIds))
    return [...byId, ...byWhatsappId].map((row) => unpackMessage(row))
  }

  /** The entry at a place of the log, with the time that the log has; null if none. */
  entry(place: number): LogEntry | null {
    const row = this.#statements.entry.get(place)
    if (row === undefined) return null
    return { ...unpackEntry(row), at: row.timed === 0 ? null : row.at }
  }

  /** A message that was added; null where it was not. */
  message(source: string, upstreamId: string): HistoryMessage | null {
    const row = this.#statements.message.get(source, upstreamId)
    return row === undefined ? null : unpackMessage(row)
  }

  /** The findings as they were added, those about entries in the order of the log, the others behind them. */
  *findings(): Generator<string[], void, undefined> {
    for (const statement of [this.#statements.findings, this.#statements.unclaimed]) {
      let after = 0
      for (;;) {
        const rows = statement.all(after)
        const last = rows.at(-1)
        if (last === undefined) break
        yield rows.map(({ line }) => line)
        after = last.place
      }
    }
  }

  close(): void {
    this.#db.close()
  }

  *#pages(
    statement: Database.Statement<unknown[], EntryRow>,
    first: unknown[],
    keyOf: (row: EntryRow) => unknown[],
  ): Generator<LogEntry[], void, undefined> {
    let after = first
    for (;;) {
      const rows = statement.all(...after)
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows.map(unpackEntry)
      after = keyOf(last)
    }
  }
}

function isFilled(value: string | null | undefined): boolean {
  return (value?.trim() ?? '') !== ''
}
