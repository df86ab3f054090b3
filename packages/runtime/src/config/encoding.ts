import { ConfigurationError } from '@waybill/core'

/** How a file begins that is not UTF-8. JSON begins with an ASCII character, so the zeros tell it without a mark too. */
const OTHER_ENCODINGS: readonly (readonly [name: string, start: RegExp])[] = [
  ['UTF-32', /^(?:fffe0000|0000feff|(?:[^0].|0[^0])000000|000000(?:[^0].|0[^0]))/],
  ['UTF-16', /^(?:fffe|feff|(?:[^0].|0[^0])00|00(?:[^0].|0[^0]))/],
]

/** How files of other kinds begin. */
const OTHER_KINDS: readonly (readonly [name: string, start: RegExp])[] = [
  ['a file compressed with gzip', /^1f8b/],
  ['a file compressed with zstd', /^28b52ffd/],
  ['a file compressed with bzip2', /^425a683[1-9]/],
  ['a file compressed with xz', /^fd377a585a00/],
  ['a 7z archive', /^377abcaf271c/],
  ['a ZIP file', /^504b0[3578]0/],
  ['a PNG image', /^89504e47/],
  ['a JPEG image', /^ffd8ff/],
  ['a GIF image', /^47494638/],
  ['a PDF document', /^25504446/],
  ['a SQLite database', /^53514c69746520666f726d61742033/],
]

/**
 * The text of a file in UTF-8, without the byte order mark that editors on Windows begin it with.
 * @throws ConfigurationError that names what the file seems to be instead.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  const kind = OTHER_KINDS.find(([, pattern]) => pattern.test(start))
  if (kind !== undefined) throw notUtf8(kind[0], 'a JSON file in UTF-8')
  const other = OTHER_ENCODINGS.find(([, pattern]) => pattern.test(start.slice(0, 8)))
  if (other !== undefined) throw notUtf8(`a file in ${other[0]}`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    if (CONTROLS.test(Buffer.from(bytes).toString('latin1'))) {
      throw notUtf8('a file that is no text', 'a JSON file in UTF-8')
    }
    throw notUtf8(
      `a character at line ${lineOfFault(bytes)} in another encoding, such as Latin-1 or Windows-1252`,
    )
  }
}

/** What no text holds, in any encoding of one byte a character. */
const CONTROLS = /[\0-\x08\x0E-\x1F]/

function notUtf8(
  found: string,
  expected = 'a file in UTF-8 (save it with this encoding)',
): ConfigurationError {
  return new ConfigurationError([{ path: [], expected, found }])
}
/** The first line whose bytes are not UTF-8. A line break is one byte in UTF-8, and never a part of another character. */
function lineOfFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from)
    const until = end === -1 ? bytes.length : end + 1
    try {
      decoder.decode(bytes.subarray(from, until))
    } catch {
      return line
    }
    from = until
  }
  return line
}
