/** Every code point of Unicode but the surrogates. */
export function codePoints(): string[] {
  return Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
}

export function isSingle(text: string): boolean {
  return Array.from(text).length === 1
}

export function isAscii(text: string): boolean {
  return /^[\0-\x7F]*$/.test(text)
}

/** The upper and the lower case of a code point, where they are one code point on the same side of ASCII. */
export function caseForms(char: string): string[] {
  const forms = [char.toUpperCase(), char.toLowerCase()]
  return forms.filter((form) => isSingle(form) && isAscii(form) === isAscii(char))
}
