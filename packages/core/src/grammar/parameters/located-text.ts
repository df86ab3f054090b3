/** A part of a text: from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A text that knows where each of its characters stood before decoding. */
export class LocatedText {
  readonly text: string
  readonly #positions: Uint32Array

  /** @param positions one for each UTF-16 code unit of `text`, and one for its end. */
  constructor(text: string, positions: Uint32Array) {
    this.text = text
    this.#positions = positions
  }

  /** A text that stands as it is at an offset. */
  static verbatim(text: string, offset = 0): LocatedText {
    return new LocatedText(
      text,
      Uint32Array.from({ length: text.length + 1 }, (_, index) => offset + index),
    )
  }

  get span(): Span {
    return { start: this.#positions[0] ?? 0, end: this.#positions[this.text.length] ?? 0 }
  }

  slice(start: number, end: number = this.text.length): LocatedText {
    return new LocatedText(this.text.slice(start, end), this.#positions.subarray(start, end + 1))
  }

  /** The parts between commas; the empty text has none. */
  splitAtCommas(): LocatedText[] {
    const parts: LocatedText[] = []
    if (this.text === '') return parts
    let start = 0
    for (let comma = this.text.indexOf(','); comma !== -1; comma = this.text.indexOf(',', start)) {
      parts.push(this.slice(start, comma))
      start = comma + 1
    }
    parts.push(this.slice(start))
    return parts
  }
}
