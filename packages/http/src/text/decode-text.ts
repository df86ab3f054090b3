const CHARSET = /;\s*charset\s*=\s*"?([^\s";,]+)/i

/** The text of a body in the character set that its content type names, else UTF-8; without a byte order mark. */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  return decoder(contentType, false).decode(bytes)
}

/** The same, but null where the bytes are not valid in that character set. */
export function decodeTextStrictly(bytes: Uint8Array, contentType: string | null): string | null {
  try {
    return decoder(contentType, true).decode(bytes)
  } catch {
    return null
  }
}

function decoder(contentType: string | null, fatal: boolean): TextDecoder {
  const charset = CHARSET.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset, { fatal })
  } catch {
    return new TextDecoder('utf-8', { fatal })
  }
}
