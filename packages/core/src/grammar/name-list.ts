import { shorten } from './issue/excerpt.js'
import { issueAt, type GrammarIssue, type Origin } from './issue/issue.js'
import type { LocatedText } from './input/located-text.js'
import { nearestName } from './issue/nearest-name.js'

/** What a list of names may hold. */
export interface NameListRules<F extends string> {
  readonly known: readonly F[]
  readonly maxLength: number
  /** What stands before a name without being part of it. */
  readonly prefix: '-' | ''
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
      problem: `there is no field "${shorten(found.text)}".`,
      allowed: rules.known.flatMap((known) =>
        rules.prefix === '' ? [known] : [known, `${rules.prefix}${known}`],
      ),
      suggestion: nearestName(found.text, rules.known),
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

const REPEATED = { code: 'REPEATED_PARAMETER', problem: 'the field stands here a second time.' } as const
