/** Removes secrets from a text. */
export type Redact = (text: string) => string

/** Shorter secrets occur in any text by chance: replacing them hides the text, and so reveals the secret. */
const SHORTEST_SECRET = 4

const PLACEHOLDER = '[redacted]'

/** Shorter pieces of base64 occur by chance. */
const SHORTEST_PIECE = 8

/**
 * Replaces each secret by `[redacted]`, in any of the forms in which it may come back: as it is (so also within
 * `Bearer …`), URL-encoded, escaped in JSON or HTML, in base64 with any text before and behind it.
 * Upper and lower case are alike. Secrets of fewer than four characters are ignored.
 */
export function createRedactor(secrets: Iterable<string>): Redact {
  const forms = allForms(secrets)
  if (forms.size === 0) return (text) => text
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length)
  // A look-ahead finds secrets that overlap too: replaced one after the other, they would leave a part of the second.
  const pattern = new RegExp(`(?=(${longestFirst.map(escapePattern).join('|')}))`, 'gi')
  return (text) => replaceSpans(text, pattern)
}

/**
 * Tells whether a text in JSON may hold a secret in any form that {@link createRedactor} knows, in any of its names or values. It is
 * several times faster than to redact each of them.
 */
export function createSecretFinder(secrets: Iterable<string>): (json: string) => boolean {
  const forms = [...allForms(secrets)].map((form) => escapePattern(JSON.stringify(form).slice(1, -1)))
  if (forms.length === 0) return () => false
  const pattern = new RegExp(forms.join('|'), 'i')
  return (json) => pattern.test(json)
}

function allForms(secrets: Iterable<string>): ReadonlySet<string> {
  const guarded = [...secrets].filter((secret) => secret.trim().length >= SHORTEST_SECRET)
  return new Set(guarded.flatMap(formsOf))
}

function replaceSpans(text: string, pattern: RegExp): string {
  let result = ''
  let end = 0
  for (const { index, 1: found = '' } of text.matchAll(pattern)) {
    if (index >= end) result += `${text.slice(end, index)}${PLACEHOLDER}`
    end = Math.max(end, index + found.length)
  }
  return result + text.slice(end)
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    secret.trim(),
    encodeURI(secret.toWellFormed()),
    encodeURIComponent(secret.toWellFormed()),
    encodeStrictly(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    json,
    json.replaceAll('/', String.raw`\/`),
    ...htmlForms(secret),
    ...base64Forms(secret),
  ]
}

/** RFC 3986 reserves a few characters more than `encodeURIComponent` encodes; PHP encodes them too. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~]/g, percentEncode)
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`
}

function htmlForms(secret: string): string[] {
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = escaped.replaceAll('"', '&quot;')
  return [escaped, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&#039;')]
}

/** Base64 groups three bytes, so a secret within a longer text looks different at each of three offsets. */
function base64Forms(secret: string): string[] {
  const whole = Buffer.from(secret).toString('base64')
  const pieces = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
    const wholeGroups = padded.length - (padded.length % 3)
    return padded.toString('base64').slice(offset === 0 ? 0 : 4, (wholeGroups / 3) * 4)
  })
  const forms = [whole, whole.replace(/=+$/, ''), ...pieces.filter((piece) => piece.length >= SHORTEST_PIECE)]
  return forms.flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(form),
  ])
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
