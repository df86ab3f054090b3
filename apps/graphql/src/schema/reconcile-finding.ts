import type { MessageStatus } from '@waybill/core'
import {
  type Confidence,
  DOUBT_MEANINGS,
  DOUBT_REASONS,
  type DoubtReason,
  type MessageReference,
  type Rule,
  type SimilarEntry,
  type SimilarMessage,
  type Verdict,
  VERDICT_MEANINGS,
  VERDICTS,
} from '@waybill/reconcile'
import { decodeGlobalId } from '@waybill/runtime'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { MessageStatusType } from './message-enums.js'
import { MessageObject } from './message.js'
import { SourceType } from './source.js'

/** A finding as a line of NDJSON has it. */
export interface FindingShape {
  readonly entry: number | null
  readonly verdict: Verdict
  readonly rule: Rule | null
  readonly confidence: Confidence | null
  readonly source: string | null
  readonly upstreamId: string | null
  readonly message: string | null
  readonly deltaSeconds: number | null
  readonly status: MessageStatus | null
  readonly reasons: readonly string[]
  readonly because?: DoubtReason
  readonly span?: { readonly from: string | null; readonly to: string | null }
  readonly candidates?: readonly MessageReference[]
  readonly duplicateOf?: number
  readonly similarMessages?: readonly SimilarMessage[]
  readonly similarEntries?: readonly SimilarEntry[]
}

export const VerdictType: EnumType<Verdict> = builder.enumType('ReconcileVerdict', {
  description: 'What can be said about an entry of a send log, or about a message that no entry claims.',
  values: Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, { description: VERDICT_MEANINGS[verdict] }]),
  ) as Record<Verdict, { description: string }>,
})

const DoubtReasonType: EnumType<DoubtReason> = builder.enumType('ReconcileDoubt', {
  description: 'Why something cannot be known.',
  values: Object.fromEntries(
    DOUBT_REASONS.map((reason) => [reason, { description: DOUBT_MEANINGS[reason] }]),
  ) as Record<DoubtReason, { description: string }>,
})

const RuleType: EnumType<Rule> = builder.enumType('ReconcileRule', {
  description: 'The rule by which an entry and a message were matched.',
  values: {
    ID: { value: 'id', description: "The id in the upstream's own system." },
    WHATSAPP_ID: { value: 'whatsappId', description: "WhatsApp's own id." },
    REFERENCE: { value: 'reference', description: "The reference, found in the message's raw object." },
    TEXT: { value: 'text', description: 'Number, text and time.' },
  } as const,
})

const ConfidenceType: EnumType<Confidence> = builder.enumType('ReconcileConfidence', {
  description: 'What a verdict rests on.',
  values: {
    CONFIRMED: { description: 'An identifier, or the proof that no message exists.' },
    SUGGESTED: { description: 'Number, text and time, or the edge of the log.' },
  },
})

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

const CandidateType: ObjectType<MessageReference> = builder
  .objectRef<MessageReference>('ReconcileCandidate')
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

const DIFFERS =
  'The fields that both have, with different values: `id`, `whatsappId`, `reference`, `to` or `text`.'
const SIMILAR_DELTA =
  'From the logged time to the time of the message, in seconds; negative if the message was sent earlier.'

const SimilarMessageType: ObjectType<SimilarMessage> = builder
  .objectRef<SimilarMessage>('ReconcileSimilarMessage')
  .implement({
    description:
      'A message that no entry claims, and that has the number or the text of an entry without a message. A hint: no verdict depends on it.',
    fields: (t) => ({
      source: t.field({
        type: SourceType,
        description: 'Its source.',
        resolve: ({ source }, _, { sources }) => configuredSourceOf(sources, source),
      }),
      upstreamId: t.exposeString('upstreamId', { description: "The id in the upstream's own system." }),
      messageId: t.exposeID('message', { description: 'Its global id.' }),
      deltaSeconds: t.exposeFloat('deltaSeconds', { description: SIMILAR_DELTA }),
      differs: t.exposeStringList('differs', { description: DIFFERS }),
    }),
  })

const SimilarEntryType: ObjectType<SimilarEntry> = builder
  .objectRef<SimilarEntry>('ReconcileSimilarEntry')
  .implement({
    description:
      'An entry without a message that has the number or the text of a message that no entry claims. A hint: no verdict depends on it.',
    fields: (t) => ({
      entry: t.exposeInt('entry', { description: 'Its place in `entries`, counted from 1.' }),
      deltaSeconds: t.exposeFloat('deltaSeconds', { description: SIMILAR_DELTA }),
      differs: t.exposeStringList('differs', { description: DIFFERS }),
    }),
  })

export const FindingType: ObjectType<FindingShape> = builder
  .objectRef<FindingShape>('ReconcileFinding')
  .implement({
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
        resolve: ({ source }, _, { sources }) =>
          source === null ? null : configuredSourceOf(sources, source),
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
      duplicateOf: t.int({
        nullable: true,
        description: 'The entry that has the message; only with DUPLICATE_HERE.',
        resolve: ({ duplicateOf }) => duplicateOf ?? null,
      }),
      similarMessages: t.field({
        type: [SimilarMessageType],
        description:
          'Of an entry without a message: unclaimed messages within its window that have its number or its text, three at most, the most similar first.',
        resolve: ({ similarMessages }) => similarMessages ?? [],
      }),
      similarEntries: t.field({
        type: [SimilarEntryType],
        description: 'Of a message that no entry claims: the entries that name it in `similarMessages`.',
        resolve: ({ similarEntries }) => similarEntries ?? [],
      }),
    }),
  })
