/** The answer of an operation in bytes, for all who wait for it: its data is written once. */
export class AnswerBytes {
  readonly #data: string
  #extensions = ''
  #whole: Buffer | null = null

  /** @param data in JSON */
  constructor(data: string) {
    this.#data = data
  }

  /** How many bytes the data has. */
  get length(): number {
    return this.#data.length
  }

  /** The whole answer, with what it has for one of them besides. */
  with(extensions: object): Buffer {
    const text = JSON.stringify(extensions)
    if (this.#whole === null || text !== this.#extensions) {
      this.#whole = joined(HEAD, this.#data, `,"extensions":${text}}`)
      this.#extensions = text
    }
    return this.#whole
  }
}

const HEAD = '{"data":'

/** Three texts in one buffer. The one in the middle is long: put together as a text, it would be copied once more. */
function joined(head: string, long: string, tail: string): Buffer {
  const length = Buffer.byteLength(long)
  const bytes = Buffer.allocUnsafe(head.length + length + tail.length)
  bytes.write(head)
  bytes.write(long, head.length)
  bytes.write(tail, head.length + length)
  return bytes
}
