import { SOURCE_WARNING_CODES, type SourceWarning, type SourceWarningCode } from '@waybill/core'
import type { Completeness, SourceOutcome, SourceReport } from '@waybill/engine'
import { SourceErrorType, TimeRangeType } from './archive-status.js'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { SourceType } from './source.js'

const SourceOutcomeType: EnumType<SourceOutcome> = builder.enumType('SourceOutcome', {
  description: 'What became of a source in an answer.',
  values: {
    OK: { description: 'It was read.' },
    PRUNED: { description: 'The filter cannot match there, so it was not asked.' },
    FAILED: { description: 'It could not be read; `error` says why.' },
  },
})

const CompletenessType: EnumType<Completeness> = builder.enumType('Completeness', {
  description: 'Whether a source can yield all that was asked for.',
  values: {
    COMPLETE: { description: 'Everything that matches.' },
    WINDOW_LIMITED: { description: "Older messages exist or may exist, out of the upstream's reach." },
    MOVING_SORT: { description: 'Messages may change place under this sort while one reads.' },
    HAS_GAPS: { description: 'The archive has gaps within what was asked for.' },
    BUDGET_SPENT: {
      description:
        'What one answer may cost is spent, be it `maxUpstreamRequests` or a bound of our own; go on with `endCursor`.',
    },
    NOT_TOLD: {
      description:
        'A clause asks for a field that the source does not list, so that other messages may match.',
    },
    UNPROVEN: {
      description:
        'What came contradicts itself or what the source declares, or could not be checked; `warnings` says what.',
    },
    UNKNOWN: { description: 'The source could not be read.' },
  },
})

export const SourceReportType: ObjectType<SourceReport> = builder
  .objectRef<SourceReport>('SourceReport')
  .implement({
    description: 'What a source contributed to an answer, and what it could not.',
    fields: (t) => ({
      source: t.field({
        type: SourceType,
        description: 'Which source.',
        resolve: (report, _, { sources }) => configuredSourceOf(sources, report.source),
      }),
      outcome: t.expose('outcome', { type: SourceOutcomeType, description: 'What became of it.' }),
      completeness: t.expose('completeness', {
        type: CompletenessType,
        description: 'Whether this traversal can still yield everything from there, as known now.',
      }),
      warnings: t.expose('warnings', {
        type: [SourceWarningType],
        description: 'What is wrong with what it listed; empty where nothing is.',
      }),
      reachesBackTo: t.expose('reachesBackTo', {
        type: 'DateTime',
        nullable: true,
        description: 'Nothing older can be had from there; null: no such bound.',
      }),
      gaps: t.expose('gaps', {
        type: [TimeRangeType],
        description: 'Archive: where the history is known to be incomplete, within what was asked for.',
      }),
      pushedDown: t.exposeStringList('pushedDown', {
        description: 'The parameters that the upstream answered, as sent: `filter[status][in]=sent,failed`.',
      }),
      evaluatedLocally: t.exposeStringList('evaluatedLocally', {
        description: 'The clauses that were checked here, written the same way.',
      }),
      upstreamRequests: t.exposeInt('upstreamRequests', {
        description:
          'What this page cost there; 0 where what was fetched for an earlier page served. ' +
          'The requests for `detail` come on top, one for each message.',
      }),
      error: t.expose('error', {
        type: SourceErrorType,
        nullable: true,
        description: 'Why it could not be read; only where `outcome` is FAILED.',
      }),
    }),
  })

const DESCRIPTIONS: Readonly<Record<SourceWarningCode, string>> = {
  FIELD_NOT_TOLD: 'A clause asks for a field that the source does not list, of all or of some messages.',
  FILTER_IGNORED: 'Messages came that the filter excludes. The filter is evaluated here from then on.',
  SORT_IGNORED: 'Messages came in another order than the one that was asked for.',
  DIRECTION_IGNORED: 'The source lists the same messages for both directions, so the direction is not known.',
  ORDER_BROKEN: 'Single messages stand further out of order than the declared skew allows.',
  TIES_UNPROVEN: 'More messages share one time than two pages can have in common.',
  TOTALS_DISAGREE: 'The figures that the source gives contradict each other, or what came.',
  ROWS_HIDDEN: 'The figures count messages that no page brings.',
  ROW_REJECTED: 'Messages that cannot be read were set aside.',
  PLACE_LOST: 'The messages around the place where reading went on are gone or keep changing their order.',
  ARCHIVE_LATE: 'The archive was not brought up to date when it should have been.',
}

const SourceWarningCodeType: EnumType<SourceWarningCode> = builder.enumType('SourceWarningCode', {
  description: 'What is wrong with what a source listed.',
  values: Object.fromEntries(
    SOURCE_WARNING_CODES.map((code) => [code, { description: DESCRIPTIONS[code] }]),
  ) as Record<SourceWarningCode, { description: string }>,
})

const SourceWarningType: ObjectType<SourceWarning> = builder
  .objectRef<SourceWarning>('SourceWarning')
  .implement({
    description: 'One thing that is wrong with what a source listed.',
    fields: (t) => ({
      code: t.expose('code', { type: SourceWarningCodeType, description: 'What is wrong.' }),
      message: t.exposeString('message', { description: 'What was seen and what to do about it.' }),
      field: t.exposeString('field', {
        nullable: true,
        description: 'The field or parameter that it is about; null where it is about none.',
      }),
      count: t.exposeInt('count', {
        nullable: true,
        description: 'How many messages it is about; null where that is not known.',
      }),
    }),
  })
