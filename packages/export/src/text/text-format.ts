import type { ExportedMessage } from '../fields.js'
import type { ReadPage } from '../read/read-messages.js'

/** How messages are written as text. */
export interface TextFormat {
  /** What a file begins with. */
  readonly head: string
  /** A message, with its end of line. */
  line(message: ExportedMessage): string
}

/** The bytes of a text file, one chunk a page. */
export async function* encodeText(
  pages: AsyncIterable<ReadPage>,
  { head, line }: TextFormat,
): AsyncGenerator<Uint8Array, void> {
  if (head !== '') yield Buffer.from(head)
  const chunks = new ChunkWriter()
  for await (const { messages } of pages) yield chunks.write(messages, line)
}

/** The most bytes that a UTF-16 code unit has in UTF-8. */
const MOST_BYTES = 3

/** Encodes lines one by one: the text of a whole page would be twice as long where one message is not in Latin letters. */
class ChunkWriter {
  /** So many bytes a message had at most so far, on the average of a page. */
  #bytesEach = 512

  write(messages: readonly ExportedMessage[], line: TextFormat['line']): Uint8Array {
    let bytes = Buffer.allocUnsafeSlow(this.#bytesEach * messages.length)
    let end = 0
    for (const message of messages) {
      const text = line(message)
      if (end + MOST_BYTES * text.length > bytes.length)
        bytes = withRoom(bytes, end, MOST_BYTES * text.length)
      end += bytes.write(text, end)
    }
    this.#bytesEach = Math.max(this.#bytesEach, Math.ceil((1.25 * end) / Math.max(1, messages.length)))
    return bytes.subarray(0, end)
  }
}

function withRoom(bytes: Buffer, end: number, room: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(2 * end + room)
  bytes.copy(larger, 0, 0, end)
  return larger
}
