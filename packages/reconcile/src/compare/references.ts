/** Objects nested deeper than this are not searched. */
const MAX_DEPTH = 16
const MAX_VALUES = 1000

const WORD = /[\p{L}\p{N}]+/gu

/** The texts and numbers inside an upstream's own object, in which references are looked for. */
export function rawValues(raw: unknown): string[] {
  const values: string[] = []
  collect(raw, MAX_DEPTH, values)
  return values
}

function collect(value: unknown, depth: number, values: string[]): void {
  if (values.length >= MAX_VALUES) return
  if (typeof value === 'string') values.push(value)
  else if (typeof value === 'number' || typeof value === 'bigint') values.push(String(value))
  else if (typeof value === 'object' && value !== null && depth > 0)
    for (const member of Object.values(value)) collect(member, depth - 1, values)
}

/** The longest word of a text: what an index of references is keyed by. */
export function longestWord(text: string): string {
  let longest = ''
  for (const [word] of text.matchAll(WORD)) if (word.length > longest.length) longest = word
  return longest
}

/** All words of all values. */
export function wordsOf(values: readonly string[]): Set<string> {
  return new Set(values.flatMap((value) => [...value.matchAll(WORD)].map(([word]) => word)))
}

/**
 * Whether a value is the reference, or holds it with no letter and no digit right before or behind it.
 * A short reference has to be the whole value: `17` is part of too many things.
 */
export function holdsReference(values: readonly string[], reference: string): boolean {
  return values.some(
    (value) => value.trim() === reference || (reference.length >= 4 && holds(value, reference)),
  )
}

function holds(value: string, reference: string): boolean {
  let at = value.indexOf(reference)
  while (at !== -1) {
    const before = value.slice(Math.max(0, at - 2), at)
    const behind = value.slice(at + reference.length, at + reference.length + 2)
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(behind)) return true
    at = value.indexOf(reference, at + 1)
  }
  return false
}
