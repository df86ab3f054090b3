import type { ValueClause } from '@waybill/core'

/**
 * What all clauses on one field ask for together: one of `include` (null: anything) and none of `exclude`, beginning
 * with `prefix`. Null never satisfies it, as no operator is satisfied by null.
 */
export interface ValueSet {
  readonly include: readonly string[] | null
  readonly exclude: readonly string[]
  /** Null where no clause asks for a beginning, and where `include` has been reduced to the values that have it. */
  readonly prefix: string | null
}

/** The conjunction of clauses on one field. */
export function intersect(clauses: readonly ValueClause[]): ValueSet {
  let include: readonly string[] | null = null
  const exclude = new Set<string>()
  const prefixes: string[] = []
  for (const { operator, values } of clauses) {
    if (operator === 'ne' || operator === 'notIn') for (const value of values) exclude.add(value)
    else if (operator === 'startsWith') prefixes.push(...values)
    else include = include === null ? unique(values) : within(include, new Set(values))
  }
  // Of several beginnings of one text the longest says it all; where they are not of one text, there is none.
  const prefix = prefixes.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
  if (prefixes.some((each) => !prefix.startsWith(each))) include = []
  if (include !== null) {
    const left = include.filter((value) => !exclude.has(value) && value.startsWith(prefix))
    return { include: left, exclude: [], prefix: null }
  }
  const left = [...exclude].filter((value) => value.startsWith(prefix))
  return { include, exclude: left, prefix: prefixes.length === 0 ? null : prefix }
}

/** Whether a value that is not null belongs to the set. */
export function allows(set: ValueSet, value: string): boolean {
  if (set.include !== null) return set.include.includes(value)
  return !set.exclude.includes(value) && value.startsWith(set.prefix ?? '')
}

function within(values: readonly string[], others: ReadonlySet<string>): string[] {
  return values.filter((value) => others.has(value))
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
