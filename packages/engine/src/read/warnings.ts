import { countOf, type SourceWarning, type SourceWarningCode } from '@waybill/core'

/** @param messages how many, such as `1 message`. */
type Wording = (field: string, messages: string) => string

const WORDINGS: Readonly<Record<SourceWarningCode, Wording>> = {
  FIELD_NOT_TOLD: (field, messages) =>
    `The field ${field} of ${messages || 'some or all messages'} is not known, so any of them may match. Without a filter on ${field} they are listed, with an empty ${field}.`,
  FILTER_IGNORED: (field, messages) =>
    `The source listed ${messages} that the filter on ${field} excludes. Waybill evaluates it from now on. Report this to the operator of the upstream.`,
  SORT_IGNORED: () =>
    'The source lists messages in another order than requested. They appear in that order, and Waybill reads everything to find a time range. If its times have no zone, check the option timeZone of the provider.',
  DIRECTION_IGNORED: () =>
    'The source lists the same messages for both directions, so the direction is not known. Leave out the field and the filter direction.',
  ORDER_BROKEN: (_, messages) =>
    `The source lists ${messages} further out of order than the declared skew. Others may be missing at the edges of a time range. If its times have no zone, set the option timeZone of the provider; else raise its option for the skew.`,
  TIES_UNPROVEN: () =>
    'More messages have the same time than two pages can share. Some may be missing if the source lists them in a different order each time.',
  TOTALS_DISAGREE: (field) =>
    field === 'page'
      ? 'The source says that it sent another page than the requested one. Some messages may be missing. Ask the operator of the upstream, and remove a cache that answers in its place.'
      : "The source's totals contradict the messages that it lists, so Waybill does not use them.",
  ROWS_HIDDEN: (_, messages) =>
    `The source counts ${messages || 'some messages'} that no page of it contains. Ask the operator of the upstream.`,
  ROW_REJECTED: (_, messages) =>
    `Waybill cannot read ${messages || 'some messages'} of the source, and sets them aside. Look at the rejected rows of the archive, or report them to the author of the provider.`,
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
  return {
    code,
    message: WORDINGS[code](field ?? '', count === null ? '' : countOf(count, 'message')),
    field,
    count,
  }
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
