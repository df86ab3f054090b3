import type { ExportedMessage } from '../fields.js'
import type { Column } from './column.js'
import { type ColumnPack, packOf } from './column-pack.js'
import type { PackedColumn } from './group-writer.js'

/** How many messages a row group has. It is kept in memory until it is written. */
const MOST_MESSAGES = 10_000

/** Where messages are long, a group ends earlier: after so many UTF-16 code units of text. */
const MOST_TEXT = 32 * 1024 * 1024

/** The messages of one row group after the other, column by column. */
export class RowGroup {
  readonly #packs: readonly ColumnPack[]
  #messages = 0
  #text = 0

  constructor(columns: readonly Column[]) {
    this.#packs = columns.map((column) => packOf(column, MOST_MESSAGES))
  }

  get isEmpty(): boolean {
    return this.#messages === 0
  }

  get isFull(): boolean {
    return this.#messages >= MOST_MESSAGES || this.#text >= MOST_TEXT
  }

  add(message: ExportedMessage): void {
    this.#messages += 1
    for (const pack of this.#packs) this.#text += pack.add(message)
  }

  /** All that was added since the last time; the next group begins. */
  take(): PackedColumn[] {
    this.#messages = this.#text = 0
    return this.#packs.map((pack) => pack.take())
  }
}
