import { LogError } from './log-error.js'
import { refuseOtherFiles } from './other-files.js'

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
    if (decoder === null) refuseOtherFiles(head)
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
    if (head.length >= ENOUGH) yield decode(head, false)
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

/** How many bytes of the beginning show the encoding, and how many show what kind of file it is. */
const SHOWN = 64
const ENOUGH = 512

/** By the byte-order mark, or by where the zero bytes are: in UTF-16, every ASCII character has one. */
function guessEncoding(head: Uint8Array): string {
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
