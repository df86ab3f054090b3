import {
  type Exactness,
  type FieldCapability,
  type FieldDomain,
  isInteger,
  type SourceField,
  type ValueClause,
} from '@waybill/core'
import { allows, type ValueSet } from './value-set.js'

/** How a {@link ValueSet} is answered. */
export type PushDown =
  /** No row of this source can match. */
  | { readonly kind: 'never' }
  /** Every row of this source matches. */
  | { readonly kind: 'always' }
  /** The source answers it, with all of the clauses together. */
  | { readonly kind: 'pushed'; readonly clauses: readonly ValueClause[]; readonly exactness: Exactness }
  /** The source cannot answer it; each row is checked here. */
  | { readonly kind: 'local' }

type PushedField = Exclude<SourceField, 'sentAt'> | 'contact'

/** As many digits as the integers of databases have. */
const MOST_DIGITS = 19

/** Expresses a set in the values and operators that a source knows. */
export function pushDown(field: PushedField, set: ValueSet, capability: FieldCapability): PushDown {
  const { domain } = capability
  if (domain.kind === 'absent') return { kind: 'never' }
  if (domain.kind === 'values') return pushDownAmong(field, set, capability, domain)
  const possible =
    domain.kind === 'integer'
      ? (value: string): boolean => isInteger(value, MOST_DIGITS)
      : (): boolean => true
  const nullable = domain.kind === 'time' ? false : domain.nullable
  if (set.include !== null) {
    const include = set.include.filter(possible)
    return include.length === 0 ? { kind: 'never' } : (pushed(field, 'include', include, capability) ?? LOCAL)
  }
  const exclude = set.exclude.filter(possible)
  if (set.prefix !== null) return pushedPrefix(field, set.prefix, exclude, capability)
  if (exclude.length === 0 && !nullable) return { kind: 'always' }
  return pushed(field, 'exclude', exclude, capability) ?? LOCAL
}

const LOCAL: PushDown = { kind: 'local' }

/** A closed domain can be expressed from either side, so that a value without an upstream word is never needed. */
function pushDownAmong(
  field: PushedField,
  set: ValueSet,
  capability: FieldCapability,
  domain: Extract<FieldDomain, { kind: 'values' }>,
): PushDown {
  const inOrder = set.include?.filter((value) => domain.values.includes(value))
  const include = inOrder ?? domain.values.filter((value) => allows(set, value))
  if (include.length === 0) return { kind: 'never' }
  const exclude = domain.values.filter((value) => !include.includes(value))
  if (exclude.length === 0) {
    return domain.nullable ? (pushed(field, 'exclude', [], capability) ?? LOCAL) : { kind: 'always' }
  }
  const forms = [
    { side: 'include', values: include },
    { side: 'exclude', values: exclude },
  ] as const
  const preferred = set.include === null ? forms.toReversed() : forms
  for (const form of preferred) {
    if (domain.rest !== undefined && form.values.includes(domain.rest)) continue
    const found = pushed(field, form.side, form.values, capability)
    if (found !== null) return found
  }
  return LOCAL
}

/** A beginning, and the values that have it and are excluded all the same. */
function pushedPrefix(
  field: PushedField,
  prefix: string,
  exclude: readonly string[],
  capability: FieldCapability,
): PushDown {
  const exactness = capability.operators?.startsWith
  if (exactness === undefined) return LOCAL
  const clause: ValueClause = { field, operator: 'startsWith', values: [prefix] }
  if (exclude.length === 0) return { kind: 'pushed', clauses: [clause], exactness }
  const others = pushed(field, 'exclude', exclude, capability)
  if (others?.kind !== 'pushed') return { kind: 'pushed', clauses: [clause], exactness: 'inexact' }
  return {
    kind: 'pushed',
    clauses: [clause, ...others.clauses],
    exactness: others.exactness === 'exact' ? exactness : 'inexact',
  }
}

function pushed(
  field: PushedField,
  side: 'include' | 'exclude',
  values: readonly string[],
  capability: FieldCapability,
): PushDown | null {
  const [one, many] = side === 'include' ? (['eq', 'in'] as const) : (['ne', 'notIn'] as const)
  const single = capability.operators?.[one]
  if (values.length === 1 && single !== undefined) {
    return { kind: 'pushed', clauses: [{ field, operator: one, values }], exactness: single }
  }
  const list = capability.operators?.[many]
  if (list === undefined) return null
  const { listSeparator: separator, minListValues = 1, maxListValues = Infinity } = capability
  if (values.length < minListValues || values.length > maxListValues) return null
  if (separator !== undefined && values.some((value) => value.includes(separator))) return null
  return { kind: 'pushed', clauses: [{ field, operator: many, values }], exactness: list }
}
