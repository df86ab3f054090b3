import { ConfigurationError } from '@waybill/core'

/** How a file begins that is not UTF-8. JSON begins with an ASCII character, so the zeros tell it without a mark too. */
const OTHER_ENCODINGS: readonly (readonly [name: string, start: RegExp])[] = [
  ['UTF-32', /^(?:fffe0000|0000feff|[^0].000000|000000(?:[^0].|0[^0]))/],
  ['UTF-16', /^(?:fffe|feff|(?:[^0].|0[^0])00|00(?:[^0].|0[^0]))/],
]

/**
 * The text of a file in UTF-8, without the byte order mark that editors on Windows begin it with.
 * @throws ConfigurationError that names the encoding that it seems to have instead.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  const other = OTHER_ENCODINGS.find(([, pattern]) => pattern.test(start))
  if (other !== undefined) throw notUtf8(`a file in ${other[0]}`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw notUtf8(
      `a character at line ${lineOfFault(bytes)} in another encoding, such as Latin-1 or Windows-1252`,
    )
  }
}

function notUtf8(found: string): ConfigurationError {
  return new ConfigurationError([
    { path: [], expected: 'a file in UTF-8 (save it with this encoding)', found },
  ])
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
