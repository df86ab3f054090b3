import { LogError } from './log-error.js'

/** What other files begin with. */
const OTHER_FILES: readonly (readonly [readonly number[], string, string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'an XLSX or ZIP file', 'Save the sheet as CSV, or unpack the archive.'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP file', 'Give a log with at least one entry.'],
  [[0x1f, 0x8b], 'a gzip file', 'Unpack it first.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a Zstandard file', 'Unpack it first.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an XZ file', 'Unpack it first.'],
  [[0x42, 0x5a, 0x68, 0x39], 'a bzip2 file', 'Unpack it first.'],
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
 * @throws LogError for other kinds of files, for bytes that are not in the encoding, and for NUL characters.
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
    const text = decodeChunk(decoder, bytes, isLast, line)
    const nul = text.indexOf('\0')
    if (nul !== -1)
      throw new LogError(
        { line: line + countLines(text.slice(0, nul)), column: null },
        'ENCODING',
        'there is a NUL character, which no log has',
        'Give a text file: CSV or NDJSON. If it is UTF-16, give the encoding (--encoding utf-16le).',
      )
    line += countLines(text)
    return text
  }
  for await (const chunk of chunks) {
    if (decoder !== null) {
      yield decode(chunk, false)
      continue
    }
    head = joined(head, chunk)
    if (head.length >= SHOWN) yield decode(head, false)
  }
  yield decode(decoder === null ? head : new Uint8Array(), true)
}

function decodeChunk(decoder: TextDecoder, bytes: Uint8Array, isLast: boolean, line: number): string {
  try {
    return decoder.decode(bytes, { stream: !isLast })
  } catch (cause) {
    const lenient = new TextDecoder(decoder.encoding).decode(bytes)
    const place = { line: line + countLines(lenient.split('\uFFFD')[0] ?? ''), column: null }
    const remedy = 'Save the log as UTF-8, or give its encoding (--encoding windows-1252, for example).'
    throw new LogError(place, 'ENCODING', `there are bytes that are not ${decoder.encoding}`, remedy, {
      cause,
    })
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(left.length + right.length)
  both.set(left)
  both.set(right, left.length)
  return both
}

function openDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (cause) {
    throw new LogError(
      WHOLE,
      'ENCODING',
      'the encoding is unknown',
      'Give utf-8, utf-16le or windows-1252.',
      { cause },
    )
  }
}

/** How many bytes of the beginning show the encoding. */
const SHOWN = 64

/** By the byte-order mark, or by where the zero bytes are: in UTF-16, every ASCII character has one. */
function guessEncoding(head: Uint8Array): string {
  for (const [signature, name, remedy] of OTHER_FILES)
    if (signature.every((byte, index) => head[index] === byte))
      throw new LogError(WHOLE, 'NOT_A_LOG', `this is ${name}`, remedy)
  const [first = 0, second = 0] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const shown = head.subarray(0, SHOWN)
  const zeros = [...shown.entries()].filter(([, byte]) => byte === 0)
  // A single one is a NUL character rather than half of another.
  if (zeros.length < 2 || zeros.length * 16 < shown.length) return 'utf-8'
  const odd = zeros.filter(([index]) => index % 2 === 1).length
  if (odd === zeros.length) return 'utf-16le'
  return odd === 0 ? 'utf-16be' : 'utf-8'
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
