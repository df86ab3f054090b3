import { type GrammarIssue, type Origin, issueAt, issueWithoutPlace, shorten } from './parameters/issue.js'
import { LocatedText } from './parameters/located-text.js'
import { DEFAULT_MAX_LENGTH } from './schema.js'
import { nearestName } from '../input/nearest-name.js'

/** What a list of names may hold. */
export interface NameListRules<F extends string> {
  readonly known: readonly F[]
  readonly maxLength: number
  /** What stands before a name without being part of it. */
  readonly prefix: '-' | ''
  /** What an unknown name means, in lower case. Default: nothing. */
  readonly synonyms?: ReadonlyMap<string, F>
}

export interface ListedName<F extends string> {
  readonly name: F
  readonly prefixed: boolean
}

/** NameList : empty | Item ( "," Item )* */
export function parseNameList<F extends string>(
  rules: NameListRules<F>,
  origin: Origin,
  text: LocatedText,
  issues: GrammarIssue[],
): readonly ListedName<F>[] {
  const items = text.splitAtCommas()
  if (items.length > rules.maxLength) {
    issues.push(issueAt(origin, text.span, tooMany(rules.maxLength, items.length)))
    return []
  }
  const seen = new Set<F>()
  return items.flatMap((item) => {
    const listed = parseItem(rules, origin, item, issues)
    if (listed === null) return []
    if (seen.has(listed.name)) issues.push(issueAt(origin, item.span, REPEATED))
    seen.add(listed.name)
    return [listed]
  })
}

/** Item : prefix? Name */
function parseItem<F extends string>(
  rules: NameListRules<F>,
  origin: Origin,
  item: LocatedText,
  issues: GrammarIssue[],
): ListedName<F> | null {
  const prefixed = rules.prefix !== '' && item.text.startsWith(rules.prefix)
  const found = prefixed ? item.slice(rules.prefix.length) : item
  const name = rules.known.find((known) => known === found.text)
  if (name !== undefined) return { name, prefixed }
  issues.push(
    issueAt(origin, found.span, {
      code: 'UNKNOWN_FIELD',
      problem: `unknown field "${shorten(found.text)}".`,
      allowed: rules.known.flatMap((known) =>
        rules.prefix === '' ? [known] : [known, `${rules.prefix}${known}`],
      ),
      suggestion: rules.synonyms?.get(found.text.toLowerCase()) ?? nearestName(found.text, rules.known),
    }),
  )
  return null
}

function tooMany(
  limit: number,
  found: number,
): { code: 'TOO_MANY_VALUES'; problem: string; allowed: string[] } {
  return { code: 'TOO_MANY_VALUES', problem: `the list holds ${found} names.`, allowed: [`up to ${limit}`] }
}

const REPEATED = { code: 'REPEATED_PARAMETER', problem: 'the field is repeated.' } as const

/** The value of a list parameter that is given by itself. */
export interface ListParameter {
  readonly origin: Origin
  readonly text: LocatedText
}

/** Takes in the value of a list parameter. What is no text, or too long a one, is reported and counts as empty. */
export function listParameter(parameter: string, value: unknown, issues: GrammarIssue[]): ListParameter {
  const text = typeof value === 'string' && value.length <= DEFAULT_MAX_LENGTH ? value : ''
  if (typeof value !== 'string') issues.push(issueWithoutPlace(parameter, NO_TEXT))
  else if (text !== value) issues.push(issueWithoutPlace(parameter, TOO_LONG))
  return { origin: { parameter, text, offset: 0 }, text: LocatedText.verbatim(text) }
}

const NO_TEXT = {
  code: 'MALFORMED_INPUT',
  problem: 'this is not a text.',
  allowed: ['names between commas'],
} as const
const TOO_LONG = {
  code: 'TOO_LONG',
  problem: 'the text is too long.',
  allowed: [`up to ${DEFAULT_MAX_LENGTH} characters`],
} as const

/** Refuses names that a list between commas, with `-` for descending, has no room for. */
export function checkNames(names: readonly string[]): void {
  for (const name of names) {
    if (name === '' || name.startsWith('-') || name.includes(',')) {
      throw new TypeError(`A listed field cannot be named ${JSON.stringify(name)}.`)
    }
  }
  if (new Set(names).size < names.length) throw new TypeError('A listed field is named twice.')
}
