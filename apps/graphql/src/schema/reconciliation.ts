import { type Agreement, DOUBT_REASONS, type DoubtReason, type Verdict, VERDICTS } from '@waybill/reconcile'
import { decodeGlobalId, type SourceSpan } from '@waybill/runtime'
import { TimeRangeType } from './archive-status.js'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { MessageStatusType } from './message-enums.js'
import { MessageObject } from './message.js'
import { SourceType } from './source.js'
import { CompletenessType } from './source-report.js'
import type { MessageStatus } from '@waybill/core'

/** What the resolvers of a reconciliation work with. */
export interface ReconciliationShape {
  readonly agreement: Agreement
  readonly entries: number
  readonly unclaimed: number
  readonly verdicts: readonly VerdictCount[]
  readonly sources: readonly SourceSpan[]
  readonly findings: readonly FindingShape[]
}

interface VerdictCount {
  readonly verdict: Verdict
  readonly count: number
}

/** A finding as a line of NDJSON has it. */
export interface FindingShape {
  readonly entry: number | null
  readonly verdict: Verdict
  readonly rule: 'id' | 'whatsappId' | 'reference' | 'text' | null
  readonly confidence: 'CONFIRMED' | 'SUGGESTED' | null
  readonly source: string | null
  readonly upstreamId: string | null
  readonly message: string | null
  readonly deltaSeconds: number | null
  readonly status: MessageStatus | null
  readonly reasons: readonly string[]
  readonly because?: DoubtReason
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly CandidateShape[]
}

interface CandidateShape {
  readonly source: string
  readonly upstreamId: string
  readonly message: string
}

const VERDICT_DESCRIPTIONS: Readonly<Record<Verdict, string>> = {
  MATCHED: 'The message is in the history and agrees with the entry.',
  STATUS_DIFFERS: 'The message has an earlier status than the log says, or a different final one.',
  FIELD_DIFFERS: 'An identifier matches, and another field differs: see `reasons`.',
  DUPLICATE_HERE: 'An earlier entry has claimed the message.',
  DUPLICATE_THERE: 'About a message: the history has a logged message more than once.',
  AMBIGUOUS: 'Assignments that are equally good lead to different verdicts: see `candidates`.',
  MISSING_THERE:
    'The history has no such message. In the whole window of the entry it is covered (known to be complete), proven (compared with the source), and settled (no message of that time can still arrive).',
  MISSING_HERE: 'About a message: no entry claims it.',
  PENDING: 'The message is in the history. Its status is not final, and the message is recent.',
  STALE: 'The message is in the history. Its status is not final, but should be final by now.',
  DELETED_THERE: 'The message was deleted.',
  OUTSIDE: 'The entry is not in the span that is judged.',
  CANNOT_TELL: 'It cannot be known; see `because` and `span`.',
}

export const VerdictType: EnumType<Verdict> = builder.enumType('ReconcileVerdict', {
  description: 'What can be said about an entry of a send log, or about a message that no entry claims.',
  values: Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, { description: VERDICT_DESCRIPTIONS[verdict] }]),
  ) as Record<Verdict, { description: string }>,
})

const REASON_DESCRIPTIONS: Readonly<Record<DoubtReason, string>> = {
  FORBIDDEN: 'The caller may not read the fields that decide.',
  SOURCE_FAILED: 'The source could not be read.',
  BEYOND_REACH: 'The history does not go back so far.',
  GAP: 'The history is known to be incomplete there.',
  UNPROVEN: 'The history was not compared with the source there, or contradicts itself.',
  NOT_TOLD: 'A message may belong to the entry, but its source does not list the field that decides.',
  BUDGET: 'Reading ended at a limit, or too many equal messages compete.',
  NOT_SETTLED: 'Messages of that time may still arrive.',
}

const DoubtReasonType: EnumType<DoubtReason> = builder.enumType('ReconcileDoubt', {
  description: 'Why something cannot be known.',
  values: Object.fromEntries(
    DOUBT_REASONS.map((reason) => [reason, { description: REASON_DESCRIPTIONS[reason] }]),
  ) as Record<DoubtReason, { description: string }>,
})

const AgreementType: EnumType<Agreement> = builder.enumType('ReconcileAgreement', {
  description: 'Whether log and history agree.',
  values: {
    AGREES: { description: 'No difference was found, and every entry could be judged.' },
    DIFFERS: { description: 'Some findings have a verdict of `failOn`.' },
    UNKNOWN: { description: 'No difference was found, but some entries cannot be judged.' },
  },
})

const RuleType: EnumType<NonNullable<FindingShape['rule']>> = builder.enumType('ReconcileRule', {
  description: 'The rule by which an entry and a message were matched.',
  values: {
    ID: { value: 'id', description: "The id in the upstream's own system." },
    WHATSAPP_ID: { value: 'whatsappId', description: "WhatsApp's own id." },
    REFERENCE: { value: 'reference', description: "The reference, found in the message's raw object." },
    TEXT: { value: 'text', description: 'Number, text and time.' },
  } as const,
})

const ConfidenceType: EnumType<NonNullable<FindingShape['confidence']>> = builder.enumType(
  'ReconcileConfidence',
  {
    description: 'What a verdict rests on.',
    values: {
      CONFIRMED: { description: 'An identifier, or the proof that no message exists.' },
      SUGGESTED: { description: 'Number, text and time, or the edge of the log.' },
    },
  },
)

const SpanType: ObjectType<NonNullable<FindingShape['span']>> = builder
  .objectRef<NonNullable<FindingShape['span']>>('OpenTimeRange')
  .implement({
    description: 'A span of time, both ends included.',
    fields: (t) => ({
      from: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Its beginning; null: without a bound.',
        resolve: ({ from }) => (from === null ? null : Date.parse(from)),
      }),
      to: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Its end; null: without a bound.',
        resolve: ({ to }) => (to === null ? null : Date.parse(to)),
      }),
    }),
  })

const CandidateType: ObjectType<CandidateShape> = builder
  .objectRef<CandidateShape>('ReconcileCandidate')
  .implement({
    description: 'A message that may belong to an entry.',
    fields: (t) => ({
      source: t.field({
        type: SourceType,
        description: 'Its source.',
        resolve: ({ source }, _, { sources }) => configuredSourceOf(sources, source),
      }),
      upstreamId: t.exposeString('upstreamId', { description: "The id in the upstream's own system." }),
      messageId: t.exposeID('message', { description: 'Its global id.' }),
    }),
  })

const FindingType: ObjectType<FindingShape> = builder.objectRef<FindingShape>('ReconcileFinding').implement({
  description: 'What was found out about one entry, or about one message that no entry claims.',
  fields: (t) => ({
    entry: t.exposeInt('entry', {
      nullable: true,
      description:
        'The place of the entry in `entries`, counted from 1; null for a message that no entry claims.',
    }),
    verdict: t.expose('verdict', { type: VerdictType, description: 'What can be said.' }),
    rule: t.expose('rule', {
      type: RuleType,
      nullable: true,
      description: 'How the message was found; null if none was found.',
    }),
    confidence: t.expose('confidence', {
      type: ConfidenceType,
      nullable: true,
      description: 'What the verdict rests on; null where nothing is asserted.',
    }),
    source: t.field({
      type: SourceType,
      nullable: true,
      description: "The message's source; with CANNOT_TELL, the source that the reason is about.",
      resolve: ({ source }, _, { sources }) => (source === null ? null : configuredSourceOf(sources, source)),
    }),
    upstreamId: t.exposeString('upstreamId', {
      nullable: true,
      description: "The message's id in the upstream's own system.",
    }),
    messageId: t.exposeID('message', { nullable: true, description: "The message's global id." }),
    message: t.field({
      type: MessageObject,
      nullable: true,
      description: 'The message; null if none was found. It costs a request if the source is read live.',
      resolve: ({ message }, _, { loaders }) => {
        if (message === null) return null
        const key = decodeGlobalId(message)
        return key.type === 'Message' ? loaders.message(key) : null
      },
    }),
    deltaSeconds: t.exposeFloat('deltaSeconds', {
      nullable: true,
      description:
        'From the logged time to the time of the message; negative if the message was sent earlier.',
    }),
    status: t.expose('status', {
      type: MessageStatusType,
      nullable: true,
      description: "The message's status.",
    }),
    reasons: t.exposeStringList('reasons', {
      description: "What differs or could not be compared, each beginning with the field's name.",
    }),
    because: t.field({
      type: DoubtReasonType,
      nullable: true,
      description: 'Why it cannot be known; only with CANNOT_TELL.',
      resolve: ({ because }) => because ?? null,
    }),
    span: t.field({
      type: SpanType,
      nullable: true,
      description: 'The span that the reason holds for; only with CANNOT_TELL.',
      resolve: ({ span }) => span ?? null,
    }),
    candidates: t.field({
      type: [CandidateType],
      description: 'The possible messages, oldest first; only with AMBIGUOUS.',
      resolve: ({ candidates }) => candidates ?? [],
    }),
  }),
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
