import type { SourceWarningCode } from '@waybill/core'
import type { LieKind } from './lie.js'

/** What a report may say of a lie. */
export interface Expectation {
  /** The codes that name it. */
  readonly codes: readonly SourceWarningCode[]
  /** What the error says where reading may end with one; null where it may not. */
  readonly error: RegExp | null
}

/** Which codes fit which lie. An exact answer may always be given without any. */
export const EXPECTATIONS: Readonly<Record<LieKind, Expectation>> = {
  'hidden-rows': { codes: ['ROWS_HIDDEN', 'TOTALS_DISAGREE', 'PLACE_LOST'], error: null },
  'filter-ignored': { codes: ['FILTER_IGNORED', 'TOTALS_DISAGREE'], error: null },
  'direction-ignored': { codes: ['DIRECTION_IGNORED'], error: null },
  'direction-unknown': { codes: ['TOTALS_DISAGREE'], error: null },
  'sort-ignored': { codes: ['SORT_IGNORED', 'ORDER_BROKEN', 'PLACE_LOST'], error: null },
  // Pages that differ, since equal times change places, cannot be told from a list that changes.
  'page-ignored': { codes: ['PLACE_LOST', 'TOTALS_DISAGREE'], error: /\bpage\b/i },
  'false-figure': { codes: ['TOTALS_DISAGREE', 'ROWS_HIDDEN', 'PLACE_LOST'], error: null },
  'unreadable-rows': { codes: ['ROW_REJECTED'], error: null },
  'departed-row': { codes: ['ORDER_BROKEN', 'SORT_IGNORED'], error: null },
  'repeated-page': {
    codes: ['ROWS_HIDDEN', 'TOTALS_DISAGREE', 'ORDER_BROKEN', 'PLACE_LOST'],
    error: /\bpage\b/i,
  },
  'other-page': {
    codes: ['TOTALS_DISAGREE', 'ROWS_HIDDEN', 'ORDER_BROKEN', 'PLACE_LOST'],
    error: /\bpage\b/i,
  },
  'repeated-row': { codes: ['ROWS_HIDDEN', 'TOTALS_DISAGREE', 'ORDER_BROKEN'], error: /\bid\b/i },
  'lasting-error': { codes: [], error: /the model failed/i },
  'stuck-cursor': { codes: ['ROWS_HIDDEN', 'TOTALS_DISAGREE'], error: /\b(?:cursor|after)\b/i },
}

/** What rows may do that no engine can keep them from, when they move or are too many of one time. */
export const CODES_OF_MOVEMENT: readonly SourceWarningCode[] = ['PLACE_LOST', 'TIES_UNPROVEN']

export type Defect = 'lost' | 'repeated' | 'disordered'

/** Whatever may be wrong. */
export const ANY: readonly Defect[] = ['lost', 'repeated', 'disordered']

/**
 * What may be wrong with an answer that names a code. What the others warn of is mended: a filter that is passed over is
 * evaluated here, and a row that cannot be read stops no other.
 */
export const EXCUSED: Readonly<Partial<Record<SourceWarningCode, readonly Defect[]>>> = {
  ROWS_HIDDEN: ANY,
  TOTALS_DISAGREE: ANY,
  ORDER_BROKEN: ANY,
  SORT_IGNORED: ANY,
  DIRECTION_IGNORED: ANY,
  PLACE_LOST: ANY,
  TIES_UNPROVEN: ANY,
}
