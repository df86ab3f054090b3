import type { ExportedMessage } from '../fields.js'
import type { ReadPage } from '../read/read-messages.js'

/** How messages are written as text. */
export interface TextFormat {
  /** What a file begins with. */
  readonly head: string
  /** A message, without its end of line. */
  line(message: ExportedMessage): string
  /** In ASCII. */
  readonly lineEnd: string
}

/** The bytes of a text file: a chunk for each page, or for all those that come at once. */
export async function* encodeText(
  pages: AsyncIterable<ReadPage>,
  { head, line, lineEnd }: TextFormat,
): AsyncGenerator<Uint8Array, void> {
  if (head !== '') yield Buffer.from(head)
  const chunks = new ChunkWriter(lineEnd)
  try {
    for await (const { messages, isContinued } of pages) {
      for (const message of messages) chunks.add(line(message))
      if (!isContinued || chunks.length >= MOST_WAITING) yield chunks.take()
    }
  } finally {
    // The pages before one that cannot be read.
    if (chunks.length > 0) yield chunks.take()
  }
}

/** A chunk that is longer does not wait for the next page. In bytes. */
const MOST_WAITING = 256 * 1024

/** The most bytes that a UTF-16 code unit has in UTF-8. */
const MOST_BYTES = 3

/** Encodes lines one by one: the text of a whole chunk would be twice as long where one message is not in Latin letters. */
class ChunkWriter {
  // By itself: a text put together of a line and its end would be copied to be encoded.
  readonly #lineEnd: Buffer
  #bytes = Buffer.allocUnsafeSlow(MOST_WAITING)
  /** How many bytes wait to be taken. */
  length = 0

  constructor(lineEnd: string) {
    this.#lineEnd = Buffer.from(lineEnd)
  }

  add(line: string): void {
    const room = MOST_BYTES * line.length + this.#lineEnd.length
    if (this.length + room > this.#bytes.length) this.#grow(room)
    this.length += this.#bytes.write(line, this.length)
    for (const byte of this.#lineEnd) {
      this.#bytes[this.length] = byte
      this.length += 1
    }
  }

  /** A copy, which is no longer than what is in it: whoever gets it may keep it while the next is written. */
  take(): Uint8Array {
    const taken = Buffer.allocUnsafeSlow(this.length)
    this.#bytes.copy(taken, 0, 0, this.length)
    this.length = 0
    return taken
  }

  #grow(room: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * this.length + room)
    this.#bytes.copy(larger, 0, 0, this.length)
    this.#bytes = larger
  }
}
