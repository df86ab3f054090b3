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
  const exclude: string[] = []
  for (const clause of clauses) {
    if (clause.operator === 'ne' || clause.operator === 'notIn') exclude.push(...clause.values)
    else include = include === null ? unique(clause.values) : include.filter((v) => clause.values.includes(v))
  }
  const excluded = unique(exclude)
  return include === null
    ? { include, exclude: excluded }
    : { include: include.filter((value) => !excluded.includes(value)), exclude: [] }
}

/** Whether a value that is not null belongs to the set. */
export function allows(set: ValueSet, value: string): boolean {
  return set.include === null ? !set.exclude.includes(value) : set.include.includes(value)
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
