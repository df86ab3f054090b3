import type { SourceWarning, SourceWarningCode } from '@waybill/core'

type Wording = (field: string, count: string) => string

const WORDINGS: Readonly<Record<SourceWarningCode, Wording>> = {
  FIELD_NOT_TOLD: (field, count) =>
    `The source does not list the field ${field} of ${count || 'its'} messages; others may match. Filter by another field.`,
  FILTER_IGNORED: (field, count) =>
    `The source listed ${count} messages that do not match ${field}. Waybill evaluates it from now on. Report this to the operator of the upstream.`,
  SORT_IGNORED: () =>
    'The source lists messages in another order than requested. They appear in that order, and Waybill reads everything to find a time range.',
  DIRECTION_IGNORED: () =>
    'The source lists the same messages for both directions, so the direction is not known. Leave out the field and the filter direction.',
  ORDER_BROKEN: (_, count) =>
    `The source lists ${count} messages further out of order than the declared skew. Some may be missing at the edges of a time range. Raise the provider's option for the skew.`,
  TIES_UNPROVEN: () =>
    'More messages have the same time than two pages can share. Some may be missing if the source lists them in a different order each time.',
  TOTALS_DISAGREE: () =>
    "The source's totals contradict the messages that it lists, so Waybill does not use them.",
  ROWS_HIDDEN: (_, count) =>
    `The source counts ${count || 'some'} messages that none of its pages contains. Ask the operator of the upstream.`,
  ROW_REJECTED: (_, count) =>
    `${count} messages of the source cannot be read and were set aside. Look at the rejected rows of the archive, or report them to the author of the provider.`,
  PLACE_LOST: () =>
    'The messages around the end of the last page are gone, or change their order again and again. Some may be missing or repeated. Start again without after to be certain.',
  ARCHIVE_LATE: () => 'The archive was not updated in time.',
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
