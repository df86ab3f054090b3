/**
 * What is wrong with what a source listed, where it could be read all the same. A source that is warned about is never
 * called complete.
 *
 * - `FIELD_NOT_TOLD`: a clause asks for a field that the source does not tell, of all or of some messages.
 * - `FILTER_IGNORED`: rows came that the pushed-down filter excludes; it is evaluated here from then on.
 * - `SORT_IGNORED`: rows came in another order than the one that was asked for.
 * - `DIRECTION_IGNORED`: the source lists the same rows for every direction, so that the direction cannot be known.
 * - `ORDER_BROKEN`: single rows stand further out of order than the declared skew allows.
 * - `TIES_UNPROVEN`: more rows share one sort key than two pages can have in common.
 * - `TOTALS_DISAGREE`: the figures that the source tells contradict each other, what was asked for, or what came.
 * - `ROWS_HIDDEN`: the figures tell of rows that no page brings.
 * - `ROW_REJECTED`: rows that cannot be read were set aside.
 * - `PLACE_LOST`: the rows around the place where reading went on are gone or keep changing their order.
 * - `ARCHIVE_LATE`: the archive was not brought up to date when it should have been.
 */
export const SOURCE_WARNING_CODES = [
  'FIELD_NOT_TOLD',
  'FILTER_IGNORED',
  'SORT_IGNORED',
  'DIRECTION_IGNORED',
  'ORDER_BROKEN',
  'TIES_UNPROVEN',
  'TOTALS_DISAGREE',
  'ROWS_HIDDEN',
  'ROW_REJECTED',
  'PLACE_LOST',
  'ARCHIVE_LATE',
] as const

export type SourceWarningCode = (typeof SOURCE_WARNING_CODES)[number]

/** One thing that is wrong with what a source listed. */
export interface SourceWarning {
  readonly code: SourceWarningCode
  /** What was seen and what to do about it, for a person. Holds no content of messages. */
  readonly message: string
  /** The field or parameter concerned; null for a warning about no single one. */
  readonly field: string | null
  /** How many rows it is about; null where that is not known. */
  readonly count: number | null
}
