import { SOURCE_WARNING_CODES, type SourceWarning, type SourceWarningCode } from '@waybill/core'
import type { Completeness, SourceOutcome, SourceReport } from '@waybill/engine'
import { SourceErrorType, TimeRangeType } from './archive-status.js'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { SourceType } from './source.js'

const SourceOutcomeType: EnumType<SourceOutcome> = builder.enumType('SourceOutcome', {
  description: 'How reading a source ended.',
  values: {
    OK: { description: 'It was read.' },
    PRUNED: { description: 'The filter cannot match there, so no request was sent.' },
    FAILED: { description: 'It could not be read; `error` says why.' },
  },
})

export const CompletenessType: EnumType<Completeness> = builder.enumType('Completeness', {
  description: 'Whether a source can yield everything that the query requests.',
  values: {
    COMPLETE: { description: 'Everything that matches.' },
    WINDOW_LIMITED: {
      description: 'Older messages exist or may exist, but the upstream does not list them.',
    },
    MOVING_SORT: { description: 'Messages may move under this sort while a client reads the list.' },
    HAS_GAPS: { description: "The archive has gaps within the query's time range." },
    BUDGET_SPENT: {
      description:
        'The budget of one answer is spent: `maxUpstreamRequests`, or a limit of the server. Continue with `endCursor`.',
    },
    NOT_TOLD: {
      description: 'A clause filters by a field that the source does not list, so other messages may match.',
    },
    UNPROVEN: {
      description:
        'The rows contradict each other or what the source declares, or could not be checked: see `warnings`.',
    },
    UNKNOWN: { description: 'Not known, because the source could not be read.' },
  },
})

export const SourceReportType: ObjectType<SourceReport> = builder
  .objectRef<SourceReport>('SourceReport')
  .implement({
    description: 'What a source contributed to an answer, and what is missing from it.',
    fields: (t) => ({
      source: t.field({
        type: SourceType,
        description: 'Which source.',
        resolve: (report, _, { sources }) => configuredSourceOf(sources, report.source),
      }),
      outcome: t.expose('outcome', { type: SourceOutcomeType, description: 'How reading it ended.' }),
      completeness: t.expose('completeness', {
        type: CompletenessType,
        description: 'Whether this traversal can still yield everything from this source, as known now.',
      }),
      warnings: t.expose('warnings', {
        type: [SourceWarningType],
        description: 'The problems with what it listed; empty if none were found.',
      }),
      reachesBackTo: t.expose('reachesBackTo', {
        type: 'DateTime',
        nullable: true,
        description: 'The source has nothing older than this; null: no such limit.',
      }),
      gaps: t.expose('gaps', {
        type: [TimeRangeType],
        description: 'Where the archive is known to be incomplete, within the queried time range.',
      }),
      pushedDown: t.exposeStringList('pushedDown', {
        description: 'The parameters that the upstream answered, as sent: `filter[status][in]=sent,failed`.',
      }),
      evaluatedLocally: t.exposeStringList('evaluatedLocally', {
        description: 'The clauses that Waybill checked itself, written the same way.',
      }),
      upstreamRequests: t.exposeInt('upstreamRequests', {
        description:
          'How many requests this page cost; 0 where pages fetched earlier were enough. ' +
          'Requests for `detail` are not included: one for each message.',
      }),
      error: t.expose('error', {
        type: SourceErrorType,
        nullable: true,
        description: 'Why it could not be read; only where `outcome` is FAILED.',
      }),
    }),
  })

const DESCRIPTIONS: Readonly<Record<SourceWarningCode, string>> = {
  FIELD_NOT_TOLD: 'A clause filters by a field that the source does not list, for all or some messages.',
  FILTER_IGNORED:
    'The source sent messages that the filter excludes. Waybill checks the filter itself from then on.',
  SORT_IGNORED: 'The source sent messages in another order than requested.',
  DIRECTION_IGNORED: 'The source lists the same messages for both directions, so the direction is not known.',
  ORDER_BROKEN: 'Some messages are further out of order than the declared skew allows.',
  TIES_UNPROVEN: 'More messages have the same time than two consecutive pages can share.',
  TOTALS_DISAGREE: 'The figures that the source sends contradict each other, the request or the rows.',
  ROWS_HIDDEN: 'The totals count messages that are on no page.',
  ROW_REJECTED: 'Messages that cannot be read were set aside.',
  PLACE_LOST: 'The messages around the resume position are gone, or keep changing their order.',
  ARCHIVE_LATE: 'The archive was not synced when it was due.',
}

const SourceWarningCodeType: EnumType<SourceWarningCode> = builder.enumType('SourceWarningCode', {
  description: 'The kinds of problems with what a source listed.',
  values: Object.fromEntries(
    SOURCE_WARNING_CODES.map((code) => [code, { description: DESCRIPTIONS[code] }]),
  ) as Record<SourceWarningCode, { description: string }>,
})

const SourceWarningType: ObjectType<SourceWarning> = builder
  .objectRef<SourceWarning>('SourceWarning')
  .implement({
    description: 'A problem with what a source listed.',
    fields: (t) => ({
      code: t.expose('code', { type: SourceWarningCodeType, description: 'What is wrong.' }),
      message: t.exposeString('message', { description: 'What was found, and what to do about it.' }),
      field: t.exposeString('field', {
        nullable: true,
        description: 'The field or parameter that it concerns; null where it concerns none.',
      }),
      count: t.exposeInt('count', {
        nullable: true,
        description: 'How many messages it concerns; null where that is not known.',
      }),
    }),
  })
