import type { FilterOperator, ValueOperator } from '../filter/clause.js'
import type { ListOperator } from './operator.js'

/** Any text. */
export interface StringDefinition<O extends ValueOperator = ValueOperator> {
  readonly kind: 'string'
  readonly operators: readonly O[]
  /** Brings a value into its one form, for example a phone number. A value in that form must stay as it is. */
  readonly normalize?: (value: string) => string
}

/** A whole number that a JavaScript number holds exactly, in decimal notation without leading zeros. */
export interface IntegerDefinition<O extends FilterOperator = FilterOperator> {
  readonly kind: 'integer'
  readonly operators: readonly O[]
}

/** One of a closed list of values; letter case does not matter when it is read. */
export interface EnumDefinition<V extends string = string, O extends ValueOperator = ValueOperator> {
  readonly kind: 'enum'
  readonly operators: readonly O[]
  readonly values: readonly V[]
  /** How values are written: in lower case, or (default) as they stand in `values`. */
  readonly writtenIn?: 'lowerCase'
}

/** A point in time in the notation of `parseDateTime`; in the tree, milliseconds since the epoch. */
export interface TimeDefinition<O extends FilterOperator = FilterOperator> {
  readonly kind: 'time'
  readonly operators: readonly O[]
}

/** `true` or `false`; `1` and `0` are read as well. */
export interface BooleanDefinition<O extends ValueOperator = ValueOperator> {
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
