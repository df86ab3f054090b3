import type { ExportedMessage } from '../fields.js'
import type { ReadPage } from '../read/read-messages.js'

/** How messages are written as text. */
export interface TextFormat {
  /** What a file begins with. */
  readonly head: string
  /** Some messages, each with its end of line. */
  write(messages: readonly ExportedMessage[]): string
}

/** The bytes of a text file, one chunk a page. */
export async function* encodeText(
  pages: AsyncIterable<ReadPage>,
  { head, write }: TextFormat,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder()
  if (head !== '') yield encoder.encode(head)
  for await (const { messages } of pages) yield encoder.encode(write(messages))
}
