import type { Agreement, TimeShift, Verdict } from '@waybill/reconcile'
import type { SourceSpan } from '@waybill/runtime'
import { TimeRangeType } from './archive-status.js'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { type FindingShape, FindingType, VerdictType } from './reconcile-finding.js'
import { SourceType } from './source.js'
import { CompletenessType } from './source-report.js'

/** What the resolvers of a reconciliation work with. */
export interface ReconciliationShape {
  readonly agreement: Agreement
  readonly entries: number
  readonly unclaimed: number
  readonly verdicts: readonly VerdictCount[]
  readonly timeShifts?: readonly TimeShift[]
  readonly sources: readonly SourceSpan[]
  readonly findings: readonly FindingShape[]
}

interface VerdictCount {
  readonly verdict: Verdict
  readonly count: number
}

const AgreementType: EnumType<Agreement> = builder.enumType('ReconcileAgreement', {
  description: 'Whether log and history agree.',
  values: {
    AGREES: { description: 'No difference was found, and every entry could be judged.' },
    DIFFERS: { description: 'Some findings have a verdict of `failOn`.' },
    UNKNOWN: { description: 'No difference was found, but some entries cannot be judged.' },
  },
})

const VerdictCountType: ObjectType<VerdictCount> = builder
  .objectRef<VerdictCount>('ReconcileVerdictCount')
  .implement({
    description: 'How many findings have a verdict.',
    fields: (t) => ({
      verdict: t.expose('verdict', { type: VerdictType, description: 'Which verdict.' }),
      count: t.exposeInt('count', { description: 'How many.' }),
    }),
  })

const SourceSpanType: ObjectType<SourceSpan> = builder.objectRef<SourceSpan>('ReconciledSource').implement({
  description: 'The part of the history of a source that the entries were compared with.',
  fields: (t) => ({
    source: t.field({
      type: SourceType,
      description: 'Which source.',
      resolve: ({ source }, _, { sources }) => configuredSourceOf(sources, source),
    }),
    from: t.expose('from', {
      type: 'DateTime',
      nullable: true,
      description:
        'The first time at which its history is known, within the span of the entries; null if it is not known at all.',
    }),
    to: t.expose('to', {
      type: 'DateTime',
      nullable: true,
      description:
        'The last time at which its history is known, within the span of the entries; null if it is not known at all.',
    }),
    completeness: t.expose('completeness', {
      type: CompletenessType,
      description: 'The most serious value within the span of the entries.',
    }),
    gaps: t.expose('gaps', {
      type: [TimeRangeType],
      description: 'Where messages are missing or may be, within the span of the entries.',
    }),
  }),
})

const TimeShiftType: ObjectType<TimeShift> = builder.objectRef<TimeShift>('ReconcileTimeShift').implement({
  description:
    'A hint that the times of the log are wrong as a whole, such as local times read as UTC: entries would match if all ' +
    'messages had been sent so much earlier or later. No verdict depends on it.',
  fields: (t) => ({
    seconds: t.exposeInt('seconds', {
      description:
        'How much later than logged the messages were sent, in whole quarters of an hour; negative: earlier.',
    }),
    entries: t.exposeInt('entries', { description: 'How many entries would match.' }),
    from: t.expose('from', { type: 'DateTime', description: 'The logged time of the first of them.' }),
    to: t.expose('to', { type: 'DateTime', description: 'The logged time of the last of them.' }),
  }),
})

export const ReconciliationType: ObjectType<ReconciliationShape> = builder
  .objectRef<ReconciliationShape>('Reconciliation')
  .implement({
    description: 'A send log, compared with the message history.',
    fields: (t) => ({
      agreement: t.expose('agreement', { type: AgreementType, description: 'Whether the two agree.' }),
      entries: t.exposeInt('entries', { description: 'How many entries were compared.' }),
      unclaimed: t.exposeInt('unclaimed', { description: 'How many messages no entry claims.' }),
      verdicts: t.expose('verdicts', {
        type: [VerdictCountType],
        description:
          'How many findings have each verdict. They add up to `entries` and `unclaimed` together.',
      }),
      timeShifts: t.field({
        type: [TimeShiftType],
        description:
          'Shifts at which many entries without a message would match: none, one, or two where clocks were changed.',
        resolve: ({ timeShifts }) => timeShifts ?? [],
      }),
      sources: t.expose('sources', {
        type: [SourceSpanType],
        description: 'For each source, the part of its history that the entries were compared with.',
      }),
      findings: t.expose('findings', {
        type: [FindingType],
        description: 'One for each entry, in their order, then one for each message that no entry claims.',
      }),
    }),
  })
