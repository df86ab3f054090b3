import type { SourceWarning, SourceWarningCode } from '@waybill/core'

type Wording = (field: string, count: string) => string

const WORDINGS: Readonly<Record<SourceWarningCode, Wording>> = {
  FIELD_NOT_TOLD: (field, count) =>
    `The source does not list the field ${field} of ${count || 'its'} messages; others may match. Filter by another field.`,
  FILTER_IGNORED: (field, count) =>
    `The source listed ${count} messages that ${field} excludes; it is evaluated here. Report this to the operator of the upstream.`,
  SORT_IGNORED: () =>
    'The source lists messages in another order than the one that was asked for, so they come in its own order, and a range of time is not found by seeking.',
  DIRECTION_IGNORED: () =>
    'The source lists the same messages for both directions, so the direction is not known. Leave out the field and the filter direction.',
  ORDER_BROKEN: (_, count) =>
    `The source lists ${count} messages further out of the order of their times than the declared skew; at the edges of a time range some may be missing. Raise the option of the provider for the skew.`,
  TIES_UNPROVEN: () =>
    'More messages share one time than two pages of the served size can have in common; if the source lists them in a changing order, some may be missing.',
  TOTALS_DISAGREE: () => 'The source counts other messages than it lists, so its counts are not used.',
  ROWS_HIDDEN: (_, count) =>
    `The source counts ${count || 'some'} messages that none of its pages brings. Ask the operator of the upstream.`,
  ROW_REJECTED: (_, count) =>
    `${count} messages of the source cannot be read and were set aside. Look at the rejected rows of the archive, or report them to the author of the provider.`,
  PLACE_LOST: () =>
    'The messages around the place where the last page ended are gone or keep changing their order, so some may be missing or repeated. Start again without after to be certain.',
  ARCHIVE_LATE: () => 'The archive was not brought up to date when it should have been.',
}

/** A warning in words. */
export function warn(
  code: SourceWarningCode,
  field: string | null = null,
  count: number | null = null,
): SourceWarning {
  return { code, message: WORDINGS[code](field ?? '', count === null ? '' : String(count)), field, count }
}

const UNCOUNTED: ReadonlySet<SourceWarningCode> = new Set([
  'ROWS_HIDDEN',
  'ROW_REJECTED',
  'TOTALS_DISAGREE',
  'TIES_UNPROVEN',
  'PLACE_LOST',
])

/** Whether neither what came nor what the source counts is the figure that is asked for. */
export function preventsCount({ code }: SourceWarning): boolean {
  return UNCOUNTED.has(code)
}
