import type { ValueClause } from '@waybill/core'

/**
 * What all clauses on one field say together: one of `include` (null: anything) and none of `exclude`.
 * Null never satisfies it, as no operator is satisfied by null.
 */
export interface ValueSet {
  readonly include: readonly string[] | null
  readonly exclude: readonly string[]
}

/** The conjunction of clauses on one field. */
export function intersect(clauses: readonly ValueClause[]): ValueSet {
  let include: readonly string[] | null = null
  const exclude = new Set<string>()
  for (const clause of clauses) {
    if (clause.operator === 'ne' || clause.operator === 'notIn')
      for (const value of clause.values) exclude.add(value)
    else include = include === null ? unique(clause.values) : within(include, new Set(clause.values))
  }
  return include === null
    ? { include, exclude: [...exclude] }
    : { include: include.filter((value) => !exclude.has(value)), exclude: [] }
}

/** Whether a value that is not null belongs to the set. */
export function allows(set: ValueSet, value: string): boolean {
  return set.include === null ? !set.exclude.includes(value) : set.include.includes(value)
}

function within(values: readonly string[], others: ReadonlySet<string>): string[] {
  return values.filter((value) => others.has(value))
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
