import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file inside the archive. */
export interface ZipEntry {
  readonly path: string
  /** UTF-8, as a whole or piece by piece. */
  readonly content: string | AsyncIterable<string>
}

/** What is compressed together, in UTF-16 code units: the same whatever pieces a content has. */
const BLOCK_LENGTH = 65_536

/**
 * The same entries give the same bytes: without the time, and with the date that the format begins with. It is kept in
 * local time.
 */
const OPTIONS = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const

/**
 * A ZIP archive, piece by piece. An entry is asked for when the one before it has been read, and its content as the
 * archive is read.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const file = new ZipFile()
  const output = file.outputStream as Readable
  const adding = addAll(file, entries).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const bytes of output as AsyncIterable<Uint8Array>) yield bytes
  } finally {
    output.destroy()
    await adding
  }
}

async function addAll(file: ZipFile, entries: AsyncIterable<ZipEntry>): Promise<void> {
  for await (const { path, content } of entries) {
    if (typeof content === 'string') file.addBuffer(Buffer.from(content), path, OPTIONS)
    else await addStream(file, path, content)
  }
  file.end()
}

/** Resolves once the content was read. */
function addStream(file: ZipFile, path: string, content: AsyncIterable<string>): Promise<void> {
  const source = Readable.from(inBlocks(content), { objectMode: false })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  source.once('end', resolve)
  source.once('error', reject)
  // Nobody reads the archive any more.
  file.outputStream.once('close', () => source.destroy(CLOSED))
  file.addReadStream(source, path, OPTIONS)
  return promise
}

const CLOSED = new Error('The archive is not read any more.')

/** The same text in blocks of one length, the last one aside. */
async function* inBlocks(content: AsyncIterable<string>): AsyncGenerator<Buffer, void> {
  let text = ''
  for await (const piece of content) {
    text += piece
    while (text.length >= BLOCK_LENGTH) {
      const end = blockEnd(text)
      yield Buffer.from(text.slice(0, end))
      text = text.slice(end)
    }
  }
  if (text !== '') yield Buffer.from(text)
}

/** Not between the halves of a character. */
function blockEnd(text: string): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(BLOCK_LENGTH - 1)) ? BLOCK_LENGTH - 1 : BLOCK_LENGTH
}
