import type { ExportedMessage } from '../fields.js'
import type { Column } from './column.js'
import { ELSEWHERE, type PackedColumn } from './group-writer.js'

/** The values of a column, message after message, in as few objects as possible: they go to another thread. */
export interface ColumnPack {
  /** @returns how many UTF-16 code units of text were added */
  add(message: ExportedMessage): number
  /** What was added since the last time. The buffers are the caller's from now on. */
  take(): PackedColumn
}

/** @param most how many messages are added at most before they are taken */
export function packOf(column: Column, most: number): ColumnPack {
  return column.isText ? new TextPack(column, most) : new ValuePack(column)
}

class ValuePack implements ColumnPack {
  readonly #column: Column
  #values: unknown[] = []

  constructor(column: Column) {
    this.#column = column
  }

  add(message: ExportedMessage): number {
    this.#values.push(this.#column.valueOf(message))
    return 0
  }

  take(): PackedColumn {
    const { name, encoding } = this.#column
    const values = this.#values
    this.#values = []
    return { name, encoding, values }
  }
}

/** The most bytes that a UTF-16 code unit has in UTF-8. */
const MOST_BYTES = 3
/** How many texts have a number of their own, between null and {@link ELSEWHERE}. */
const MOST_KNOWN = ELSEWHERE - 1
const FIRST_BYTES = 16 * 1024

/** Texts: the first few different ones of a group by their number, all others as bytes. */
class TextPack implements ColumnPack {
  readonly #column: Column
  readonly #most: number
  readonly #mostKnown: number
  readonly #known = new Map<string, number>()
  #codes: Uint8Array<ArrayBuffer>
  #count = 0
  #bytes = Buffer.allocUnsafeSlow(0)
  #end = 0
  #ends: Uint32Array<ArrayBuffer>
  #elsewhere = 0
  #last: string | null = null
  #lastCode = 0

  constructor(column: Column, most: number) {
    this.#column = column
    this.#most = most
    this.#mostKnown = column.encoding === 'PLAIN' ? 0 : MOST_KNOWN
    this.#codes = new Uint8Array(most)
    this.#ends = new Uint32Array(most)
  }

  add(message: ExportedMessage): number {
    const text = this.#column.valueOf(message) as string | null
    this.#codes[this.#count] = text === null ? 0 : this.#codeOf(text)
    this.#count += 1
    return text?.length ?? 0
  }

  take(): PackedColumn {
    const { name, encoding } = this.#column
    const taken: PackedColumn = {
      name,
      encoding,
      codes: this.#codes.subarray(0, this.#count),
      known: [...this.#known.keys()],
      bytes: this.#bytes.subarray(0, this.#end),
      ends: this.#ends.subarray(0, this.#elsewhere),
    }
    this.#known.clear()
    this.#codes = new Uint8Array(this.#most)
    this.#ends = new Uint32Array(this.#most)
    this.#bytes = Buffer.allocUnsafeSlow(0)
    this.#count = this.#end = this.#elsewhere = 0
    this.#last = null
    return taken
  }

  #codeOf(text: string): number {
    if (text === this.#last) return this.#lastCode
    // A column with so many different texts has hardly any again: to look for them takes longer than to write them.
    if (this.#known.size >= this.#mostKnown) return this.#write(text)
    this.#last = text
    this.#lastCode = this.#known.get(text) ?? this.#known.size + 1
    this.#known.set(text, this.#lastCode)
    return this.#lastCode
  }

  #write(text: string): number {
    const room = MOST_BYTES * text.length
    if (this.#end + room > this.#bytes.length) this.#grow(room)
    this.#end += this.#bytes.write(text, this.#end)
    this.#ends[this.#elsewhere] = this.#end
    this.#elsewhere += 1
    return ELSEWHERE
  }

  #grow(room: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, 2 * this.#end + room))
    this.#bytes.copy(larger, 0, 0, this.#end)
    this.#bytes = larger
  }
}
