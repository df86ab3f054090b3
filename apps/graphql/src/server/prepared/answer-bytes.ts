/** The answer of an operation in bytes, for all who wait for it: its data is written once. */
export class AnswerBytes {
  readonly #data: string
  /** How many bytes the data has. */
  readonly length: number
  #extensions = ''
  #whole: Buffer | null = null

  /** @param data in JSON */
  constructor(data: string) {
    this.#data = data
    this.length = Buffer.byteLength(data)
  }

  /** The whole answer, with what it has for one of them besides. */
  with(extensions: object): Buffer {
    const text = JSON.stringify(extensions)
    if (this.#whole === null || text !== this.#extensions) {
      this.#whole = this.#joined(Buffer.from(`,"extensions":${text}}`))
      this.#extensions = text
    }
    return this.#whole
  }

  /** The data is long: put together with the rest as a text, it would be copied once more. */
  #joined(tail: Buffer): Buffer {
    const bytes = Buffer.allocUnsafe(HEAD.length + this.length + tail.length)
    HEAD.copy(bytes)
    bytes.write(this.#data, HEAD.length)
    tail.copy(bytes, HEAD.length + this.length)
    return bytes
  }
}

const HEAD = Buffer.from('{"data":')
