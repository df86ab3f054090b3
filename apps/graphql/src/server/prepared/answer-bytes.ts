/** The answer of an operation in bytes, for all who wait for it: its data is written once. */
export class AnswerBytes {
  readonly #data: Buffer
  #extensions = ''
  #whole: Buffer | null = null

  /** @param data in JSON */
  constructor(data: string) {
    this.#data = Buffer.from(`{"data":${data},"extensions":`)
  }

  /** How many bytes the data has. */
  get length(): number {
    return this.#data.length
  }

  /** The whole answer, with what it has for one of them besides. */
  with(extensions: object): Buffer {
    const text = JSON.stringify(extensions)
    if (this.#whole === null || text !== this.#extensions) {
      this.#whole = Buffer.concat([this.#data, Buffer.from(`${text}}`)])
      this.#extensions = text
    }
    return this.#whole
  }
}
