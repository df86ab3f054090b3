import type { FilterClause, PartyField } from '../filter/clause.js'
import type { MessageDirection, MessageStatus, MessageType } from '../message/message.js'

/** What messages can be grouped by within a source, in the order in which groups are sorted. */
export const COUNT_KEYS = ['DAY', 'HOUR', 'STATUS', 'TYPE', 'DIRECTION', 'FAILURE_CODE'] as const

export type CountKey = (typeof COUNT_KEYS)[number]

/** One call of `count`. It never asks for what the capabilities do not declare. */
export interface CountRequest {
  /** All must hold. Only fields and operators that the capabilities declare as `exact`. */
  readonly filter: readonly FilterClause[]
  /** Text to search for; null for no search. */
  readonly search: string | null
  /** Each key at most once, and never both `DAY` and `HOUR`. None: one group of all that match. */
  readonly by: readonly CountKey[]
  /** The IANA zone whose days and hours are meant, one that `findTimeZone` knows. */
  readonly timeZone: string
}

/** The messages that agree in every key that was asked for. What was not asked for is null. */
export interface CountGroup {
  /** At least 1. */
  readonly count: number
  /** Where the local day or hour of `sentAt` begins: see `TimeZone.startOfDay` and `TimeZone.startOfHour`. */
  readonly period: number | null
  /** Null where the messages have none; so with the next ones. */
  readonly status: MessageStatus | null
  readonly type: MessageType | null
  readonly direction: MessageDirection | null
  /** The `code` of the messages' `failure`. */
  readonly failureCode: string | null
}

export interface CountResult {
  /** Each combination of keys once, in any order; none where no message matches. */
  readonly groups: readonly CountGroup[]
  /** What the source answered, each as `name=value` before percent-encoding. */
  readonly parameters: readonly string[]
  /**
   * Fields that a clause asks for and that some messages lack which satisfy everything else: they may match, and are not
   * counted. Absent: none.
   */
  readonly untold?: readonly PartyField[] | undefined
}
