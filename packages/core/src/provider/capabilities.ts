import type { FilterField } from '../filter/clause.js'
import type { MessageSort } from '../filter/message-sort.js'
import type { FilterOperator, ValueOperator } from '../grammar/operator.js'
import type { CountKey } from './counts.js'

/** Only the newest `maxItems` messages can be had, in one call; nothing older can ever be asked for. */
export interface WindowPaging {
  readonly kind: 'window'
  readonly maxItems: number
}

/** Page number and page size over a table that may change between two requests. Pages count from 1. */
export interface PagePaging {
  readonly kind: 'page'
  /** The largest page size that may be asked for. A server may serve less without saying so. */
  readonly maxPageSize: number
}

/** The source has a stable cursor of its own: reading on from it neither repeats nor loses a row. */
export interface CursorPaging {
  readonly kind: 'cursor'
  readonly maxPageSize: number
}

export type Paging = WindowPaging | PagePaging | CursorPaging

/**
 * How well a source answers an operator. `exact`: the very rows that the normalized semantics select.
 * `inexact`: all of those and perhaps others, so the engine checks each row again.
 * An operator that is not declared is evaluated by the engine, at the cost of reading every row that the rest selects.
 */
export type Exactness = 'exact' | 'inexact'

/**
 * Which values a field can have at a source. The planner uses it to leave out a source that cannot match,
 * and to say a clause in the values that the source knows.
 */
export type FieldDomain =
  /**
   * Never told, though messages may have it: no operator ever matches, and a clause on it makes the report `NOT_TOLD`,
   * since others may match.
   */
  | { readonly kind: 'absent' }
  /**
   * One of `values`. `rest` names the member that stands for every upstream word outside the others
   * (`UNKNOWN`, `OTHER`): upstream it can only be said by excluding all the others.
   */
  | {
      readonly kind: 'values'
      readonly values: readonly string[]
      readonly nullable: boolean
      readonly rest?: string
    }
  /** An integer in decimal notation without leading zeros; any other value matches nothing. */
  | { readonly kind: 'integer'; readonly nullable: boolean }
  /** Any text. */
  | { readonly kind: 'text'; readonly nullable: boolean }
  /** A point in time. */
  | { readonly kind: 'time' }

export interface FieldCapability {
  readonly domain: FieldDomain
  /** What the source answers itself. Without an entry the engine evaluates the operator. */
  readonly operators?: Readonly<Partial<Record<FilterOperator, Exactness>>>
  /** The character that separates list values upstream: a value that holds it cannot be said in `in` and `notIn`. */
  readonly listSeparator?: string
  /**
   * How many values `in` and `notIn` can hold upstream, where addresses have a limit (default: any number).
   * A longer list is evaluated by the engine.
   */
  readonly maxListValues?: number
  /**
   * The fewest values that `notIn` can hold upstream (default 1). With 0 a list of none is every row whose field is not
   * null; else the engine evaluates that.
   */
  readonly minListValues?: 0 | 1
  /**
   * Whether listed messages carry the field (default true). Where false, and the domain is a closed, non-null list
   * of values with an exact `eq`, the engine learns the field, when it is asked for, by reading one stream per value.
   */
  readonly listed?: boolean
}

/** The fields about which a provider has to say something. */
export type SourceField = Exclude<FilterField, 'source' | 'phone' | 'contact'>

/** What a provider's `list` can do, as data. The planner reads it and nothing else. */
export interface ProviderCapabilities {
  readonly paging: Paging
  readonly fields: Readonly<Record<SourceField, FieldCapability>>
  /**
   * What the source answers of clauses on either party, where it tells both of them. Without an entry the engine
   * evaluates the operator, at the cost of reading every row that the rest selects.
   */
  readonly phone?: Readonly<Partial<Record<ValueOperator, Exactness>>> | undefined
  /**
   * What the source answers of clauses on the other party, `Message.contact`. Without an entry the engine evaluates the
   * operator: as one on `from` or `to` where all messages have one direction, else row by row.
   */
  readonly contact?: Readonly<Partial<Record<ValueOperator, Exactness>>> | undefined
  /** Search in the message text. `none`: the engine searches, at the cost of reading every row. */
  readonly search: Exactness | 'none'
  /**
   * The orders that `list` can serve. A `window` source is read whole, so the engine adds the other direction of
   * `createdAt` itself; any other order that is missing is refused with UNSUPPORTED_SORT.
   */
  readonly sorts: readonly MessageSort[]
  /** Whether `list` honours `fields`. Without it every field is transferred. */
  readonly sparseFields: boolean
  /** Whether pages tell how many rows match. `maybe`: some servers do. */
  readonly totals: 'always' | 'maybe' | 'never'
  /**
   * What `count` can group by; it then has to exist, and to count over every clause and search that is declared `exact`.
   * Without it, or for a key that is not here, the engine reads every message that matches in order to count it.
   */
  readonly counts?: readonly CountKey[] | undefined
  /**
   * The greatest distance between a message's `sentAt` and the `createdAt` that the source sorts by, in milliseconds;
   * 0 where they are the same. Seeking and range cut-offs allow for it.
   */
  readonly maxSkewMs: number
  /**
   * Whether `list` reads a database of one's own, and sends no request. Its pages are not kept for later answers, which would cost
   * more than to read them again. Default false.
   */
  readonly local?: boolean | undefined
}
