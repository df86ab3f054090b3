import { LogError } from './log-error.js'

/** What other files begin with. */
const OTHER_FILES: readonly (readonly [readonly number[], string, string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an XLSX or ZIP file', 'Save the sheet as CSV, or unpack the archive.'],
  [[0x1f, 0x8b], 'a gzip file', 'Unpack it first.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an XLS file', 'Save the sheet as CSV.'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'Write it as CSV or NDJSON.'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF file', 'Write it as CSV or NDJSON.'],
]

const WHOLE = { line: null, column: null }

/**
 * Decodes a log: UTF-8, or UTF-16 in either order of bytes, with or without a byte-order mark, unless an encoding is
 * given. The mark is left out.
 *
 * @param encoding - a name that `TextDecoder` knows, such as `windows-1252`.
 * @throws LogError for other kinds of files, and for bytes that are none of the encoding.
 */
export async function* decodeLog(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding?: string,
): AsyncGenerator<string, void, undefined> {
  let decoder: TextDecoder | null = null
  let line = 1
  let head = new Uint8Array()
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    decoder ??= openDecoder(encoding ?? guessEncoding(head))
    try {
      const text = decoder.decode(bytes, { stream: !isLast })
      line += countLines(text)
      return text
    } catch (cause) {
      const lenient = new TextDecoder(decoder.encoding).decode(bytes)
      const place = { line: line + countLines(lenient.split('\uFFFD')[0] ?? ''), column: null }
      const remedy = 'Save the log as UTF-8, or give its encoding, for example windows-1252.'
      throw new LogError(place, `there are bytes that are not ${decoder.encoding}`, remedy, { cause })
    }
  }
  for await (const chunk of chunks) {
    if (decoder !== null) {
      yield decode(chunk, false)
      continue
    }
    head = Uint8Array.from([...head, ...chunk])
    if (head.length >= 64) yield decode(head, false)
  }
  yield decode(decoder === null ? head : new Uint8Array(), true)
}

function openDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (cause) {
    throw new LogError(WHOLE, 'the encoding is unknown', 'Give utf-8, utf-16le or windows-1252.', { cause })
  }
}

/** By the byte-order mark, or by where the zero bytes of a text are that begins with ASCII. */
function guessEncoding(head: Uint8Array): string {
  for (const [signature, name, remedy] of OTHER_FILES)
    if (signature.every((byte, index) => head[index] === byte))
      throw new LogError(WHOLE, `this is ${name}`, remedy)
  const [first = 0, second = 0] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (head.length >= 2 && first !== 0 && second === 0) return 'utf-16le'
  if (head.length >= 2 && first === 0 && second !== 0) return 'utf-16be'
  return 'utf-8'
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
