/** What is wrong with a JSON text, and where. Lines and columns count from 1; columns count UTF-16 code units. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly expected: string
  /** Never more than one character of the text: what stands there may be part of a secret. */
  readonly found: string
}

/**
 * The first thing that keeps a text from being JSON (RFC 8259), or a name that an object has twice; undefined for a
 * sound text. `JSON.parse` quotes the text in its errors, gives no position in some, and lets the last of two equal names win.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const scanner = new JsonScanner(text)
  try {
    scanner.document()
    return undefined
  } catch (error) {
    if (error instanceof ScanFault) return scanner.locate(error)
    throw error
  }
}

class ScanFault extends Error {
  readonly offset: number
  readonly expected: string
  readonly found: string | undefined

  constructor(offset: number, expected: string, found?: string) {
    super(expected)
    this.offset = offset
    this.expected = expected
    this.found = found
  }
}

const WHITESPACE = /[ \t\n\r]*/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const STRING_BODY = /(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y

class JsonScanner {
  readonly #text: string
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  /** document = value end */
  document(): void {
    this.#value()
    if (this.#offset < this.#text.length) this.#fail('the end of the file')
  }

  locate(fault: ScanFault): JsonFault {
    const before = this.#text.slice(0, fault.offset).split(/\r\n|\n|\r/)
    const character = this.#text.codePointAt(fault.offset)
    return {
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      expected: fault.expected,
      found: fault.found ?? nameCharacter(character),
    }
  }

  /** value = object | array | string | scalar */
  #value(): void {
    this.#take(WHITESPACE)
    const start = this.#text[this.#offset]
    if (start === '{') this.#object()
    else if (start === '[') this.#list('[', ']', () => this.#value())
    else if (start === '"') this.#string()
    else if (this.#take(SCALAR) === '') this.#fail('a JSON value')
    this.#take(WHITESPACE)
  }

  /** object = "{" [ member *( "," member ) ] "}" */
  #object(): void {
    const names = new Set<string>()
    this.#list('{', '}', () => this.#member(names))
  }

  /** member = string ":" value */
  #member(names: Set<string>): void {
    this.#take(WHITESPACE)
    const start = this.#offset
    if (this.#text[start] !== '"') this.#fail('a name in double quotes')
    const name = this.#string()
    if (names.has(name))
      throw new ScanFault(start, 'each name once in an object', 'a name for the second time')
    names.add(name)
    this.#take(WHITESPACE)
    this.#expect(':')
    this.#value()
  }

  #list(open: string, close: string, item: () => void): void {
    this.#expect(open)
    this.#take(WHITESPACE)
    if (this.#text[this.#offset] === close) {
      this.#offset += 1
      return
    }
    for (item(); this.#text[this.#offset] === ','; item()) this.#offset += 1
    this.#expect(close, `"," or "${close}"`)
  }

  #string(): string {
    const start = this.#offset
    this.#offset += 1
    this.#take(STRING_BODY)
    const stopper = this.#text[this.#offset]
    if (stopper === '\\') this.#fail('a valid escape sequence')
    this.#expect('"', 'the closing double quote of the text')
    return JSON.parse(this.#text.slice(start, this.#offset)) as string
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#offset
    const taken = pattern.exec(this.#text)?.[0] ?? ''
    this.#offset += taken.length
    return taken
  }

  #expect(character: string, expected = `"${character}"`): void {
    if (this.#text[this.#offset] !== character) this.#fail(expected)
    this.#offset += 1
  }

  #fail(expected: string): never {
    throw new ScanFault(this.#offset, expected)
  }
}

const CHARACTER_NAMES: Readonly<Record<string, string>> = {
  '\n': 'the end of the line',
  '\r': 'the end of the line',
  '\t': 'a tab',
  '"': 'a double quote',
}

function nameCharacter(codePoint: number | undefined): string {
  if (codePoint === undefined) return 'the end of the file'
  const character = String.fromCodePoint(codePoint)
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  return CHARACTER_NAMES[character] ?? (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `"${character}"` : code)
}
