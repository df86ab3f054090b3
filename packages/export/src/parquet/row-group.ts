import type { ColumnSource } from 'hyparquet-writer'
import type { ExportedMessage } from '../fields.js'
import type { Column } from './column.js'

/** How many messages a row group has. It is kept in memory until it is written. */
const MOST_MESSAGES = 10_000

/** Where messages are long, a group ends earlier: after so many UTF-16 code units of text. */
const MOST_TEXT = 32 * 1024 * 1024

/** The messages of a row group, column by column. */
export class RowGroup {
  readonly #columns: readonly Column[]
  readonly #data: unknown[][]
  #messages = 0
  #text = 0

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    this.#data = columns.map(() => [])
  }

  get isEmpty(): boolean {
    return this.#messages === 0
  }

  get isFull(): boolean {
    return this.#messages >= MOST_MESSAGES || this.#text >= MOST_TEXT
  }

  get columnData(): ColumnSource[] {
    return this.#columns.map(({ name, encoding }, index) => ({
      name,
      data: this.#data[index] ?? [],
      ...(encoding === 'auto' ? {} : { encoding }),
    }))
  }

  add(message: ExportedMessage): void {
    this.#messages += 1
    for (const [index, column] of this.#columns.entries()) {
      const value = column.valueOf(message)
      this.#data[index]?.push(value)
      if (typeof value === 'string') this.#text += value.length
    }
  }
}
