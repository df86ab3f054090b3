/** Takes every known secret out of a text. */
export type Redactor = (text: string) => string

const PLACEHOLDER = '[redacted]'

/** What is shorter stands in any text by chance: replacing it hides what the text says, and by that shows what it was. */
const SHORTEST_SECRET = 4

/**
 * Makes a redactor for the given secrets. A secret is also recognized as it reads inside a URL and inside JSON text.
 * Those of fewer than four characters are ignored.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const guarded = [...secrets].filter(({ length }) => length >= SHORTEST_SECRET)
  const needles = [...new Set(guarded.flatMap(spellings))]
  return needles.length === 0 ? (text) => text : (text) => replaceSpans(text, findSpans(text, needles))
}

function spellings(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ]
}

interface Span {
  readonly start: number
  readonly end: number
}

// Secrets may overlap: replacing them one after the other would leave the rest of the second one standing.
function findSpans(text: string, needles: readonly string[]): Span[] {
  const spans = needles.flatMap((needle) => occurrences(text, needle)).toSorted((a, b) => a.start - b.start)
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last === undefined || span.start > last.end) merged.push(span)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
  }
  return merged
}

function occurrences(text: string, needle: string): Span[] {
  const spans: Span[] = []
  for (let start = text.indexOf(needle); start !== -1; start = text.indexOf(needle, start + 1)) {
    spans.push({ start, end: start + needle.length })
  }
  return spans
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let rest = 0
  let result = ''
  for (const { start, end } of spans) {
    result += text.slice(rest, start) + PLACEHOLDER
    rest = end
  }
  return result + text.slice(rest)
}
