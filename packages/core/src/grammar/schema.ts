import type {
  EqualityOperator,
  FilterOperator,
  ListOperator,
  TimeOperator,
  ValueOperator,
} from './operator.js'

/** Any text. */
export interface StringDefinition<O extends ValueOperator = ValueOperator> {
  readonly kind: 'string'
  readonly operators: readonly O[]
  /**
   * Reads a value into its one form, for example a phone number, or reports why it is invalid. A value in that form must stay
   * as it is. Default: every text is a value.
   */
  readonly read?: (text: string, operator: ValueOperator) => string | InvalidValue
}

/** Why a text is no value of a field. */
export interface InvalidValue {
  /** A full sentence that can follow the text and a colon. */
  readonly problem: string
  /** What would have been allowed instead. Default: what fields of this kind hold. */
  readonly allowed?: readonly string[]
}

/** A whole number that a JavaScript number holds exactly, in decimal notation without leading zeros. */
export interface IntegerDefinition<
  O extends EqualityOperator | TimeOperator = EqualityOperator | TimeOperator,
> {
  readonly kind: 'integer'
  readonly operators: readonly O[]
}

/** One of a closed list of values; letter case does not matter when it is read. */
export interface EnumDefinition<V extends string = string, O extends EqualityOperator = EqualityOperator> {
  readonly kind: 'enum'
  readonly operators: readonly O[]
  readonly values: readonly V[]
  /** How values are written: in lower case, or (default) as they stand in `values`. */
  readonly writtenIn?: 'lowerCase'
}

/**
 * A point in time in the notation of `parseDateTime`, or in a comparison a day (`2026-01-31`, in UTC); in the tree,
 * milliseconds since the epoch.
 */
export interface TimeDefinition<O extends EqualityOperator | TimeOperator = EqualityOperator | TimeOperator> {
  readonly kind: 'time'
  readonly operators: readonly O[]
}

/** `true` or `false`; `1` and `0` are read as well. */
export interface BooleanDefinition<O extends EqualityOperator = EqualityOperator> {
  readonly kind: 'boolean'
  readonly operators: readonly O[]
}

/** What one field of a filter schema holds, and which operators it takes. */
export type FieldDefinition =
  | StringDefinition
  | IntegerDefinition
  | EnumDefinition
  | TimeDefinition
  | BooleanDefinition

export type FieldDefinitions = Readonly<Record<string, FieldDefinition>>

/** A value in a syntax tree. */
export type FilterValue = string | number | boolean

/** The type of a field's values in the syntax tree. */
export type ValueOf<D extends FieldDefinition> =
  D extends EnumDefinition<infer V>
    ? V
    : D extends IntegerDefinition | TimeDefinition
      ? number
      : D extends BooleanDefinition
        ? boolean
        : string

type Clause<F extends string, D extends FieldDefinition, O extends FilterOperator> = O extends ListOperator
  ? { readonly field: F; readonly operator: O; readonly values: readonly ValueOf<D>[] }
  : { readonly field: F; readonly operator: O; readonly value: ValueOf<D> }

/** One clause of the syntax tree: the union over all fields and the operators that each takes. */
export type FilterNode<D extends FieldDefinitions> = {
  [F in keyof D & string]: Clause<F, D[F], D[F]['operators'][number]>
}[keyof D & string]

/** The syntax tree of a filter: clauses that must all hold, in the order in which their parameters first stood. */
export type FilterTree<D extends FieldDefinitions> = readonly FilterNode<D>[]

/** Which filters there are. Made by `defineFilterSchema`. */
export interface FilterSchema<D extends FieldDefinitions> {
  readonly fields: D
  /** How long an input may be, in UTF-16 code units. */
  readonly maxLength: number
}

/** The default of `maxLength`, in UTF-16 code units: about eight times what web servers let through as a URL. */
export const DEFAULT_MAX_LENGTH = 65_536

/**
 * Declares the fields and operators that a filter may use. The clause types of the syntax tree follow from it.
 *
 * @throws TypeError when the schema contradicts itself, so that the mistake shows at start-up.
 *
 * @example
 * const schema = defineFilterSchema({
 *   status: { kind: 'enum', values: ['sent', 'failed'], operators: ['eq', 'ne', 'in', 'notIn'] },
 *   created_at: { kind: 'time', operators: ['gte', 'lt'] },
 * })
 */
export function defineFilterSchema<const D extends FieldDefinitions>(
  fields: D,
  options: { readonly maxLength?: number } = {},
): FilterSchema<D> {
  for (const [name, definition] of Object.entries<FieldDefinition>(fields)) checkField(name, definition)
  return { fields, maxLength: options.maxLength ?? DEFAULT_MAX_LENGTH }
}

function checkField(name: string, definition: FieldDefinition): void {
  if (name === '' || /[[\]]/.test(name) || !name.isWellFormed()) {
    throw new TypeError(`A filter field cannot be named ${JSON.stringify(name)}: brackets enclose the names.`)
  }
  if (definition.operators.length === 0) throw new TypeError(`The filter field "${name}" takes no operator.`)
  const operators: readonly FilterOperator[] = definition.operators
  if (definition.kind !== 'string' && operators.includes('startsWith')) {
    throw new TypeError(`The filter field "${name}" cannot take startsWith, which compares texts.`)
  }
  if (definition.kind !== 'enum') return
  const texts = new Set(definition.values.map((value) => value.toLowerCase()))
  if (texts.size < definition.values.length || definition.values.length === 0) {
    throw new TypeError(
      `The values of the filter field "${name}" must differ in more than letter case, and there must be one at least.`,
    )
  }
}
