import type { Completeness, SourceOutcome, SourceReport } from '@waybill/engine'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './configured-source-of.js'
import { SourceType } from './source.js'
import { SourceErrorType } from './source-error.js'
import { SourceWarningType } from './source-warning.js'
import { TimeRangeType } from './time-range.js'

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
