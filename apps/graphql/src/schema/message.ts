import type { ArchiveRecord, StatusChange, TextVersion } from '@waybill/archive'
import type { Message, MessageDetail, MessageFailure, MessageField } from '@waybill/core'
import type { SourcedMessage } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'
import { recordOf } from './archived-record.js'
import type { CostExtensions } from './costs.js'
import { ContactType } from './contact.js'
import { configuredSourceOf, type OperationContext } from './context.js'
import { MessageDirectionType, MessageStatusType, MessageTypeType } from './message-enums.js'
import { NodeType } from './node.js'
import type { MessageFieldExtensions } from './selection.js'
import { SourceType } from './source.js'

/** Every field of a message has to be in the type, beside others. */
type EveryField = Readonly<Record<MessageField, unknown>> & Readonly<Record<string, unknown>>

export const MessageObject: ObjectType<SourcedMessage> = builder
  .objectRef<SourcedMessage>('Message')
  .implement({
    description: 'A message, in one form whatever the source. What the upstream does not send is null.',
    interfaces: [NodeType],
    fields: (t) =>
      ({
        source: t.field({
          type: SourceType,
          description: 'The source that lists it.',
          resolve: (node, _, { sources }) => configuredSourceOf(sources, node.source),
          extensions: { needs: [] } satisfies MessageFieldExtensions,
        }),
        upstreamId: t.string({
          description: "The id in the upstream's own system.",
          ...plain('upstreamId'),
        }),
        whatsappId: t.string({
          nullable: true,
          description: "WhatsApp's own id (`wamid.…`).",
          ...plain('whatsappId'),
        }),
        direction: t.field({
          type: MessageDirectionType,
          nullable: true,
          description: 'Inbound or outbound.',
          ...plain('direction'),
        }),
        type: t.field({
          type: MessageTypeType,
          nullable: true,
          description: 'The kind of content.',
          ...plain('type'),
        }),
        rawType: t.string({
          nullable: true,
          description: "The type in the upstream's own word.",
          ...plain('rawType'),
        }),
        status: t.field({
          type: MessageStatusType,
          nullable: true,
          description: 'The delivery status.',
          ...plain('status'),
        }),
        rawStatus: t.string({
          nullable: true,
          description: "The status in the upstream's own word.",
          ...plain('rawStatus'),
        }),
        text: t.string({
          nullable: true,
          description: 'The text exactly as the upstream sent it, including HTML of templates.',
          ...plain('text'),
        }),
        from: t.string({
          nullable: true,
          description: "Sender's number or id. A number of 8 to 15 digits reads `+<digits>`.",
          ...plain('from'),
        }),
        to: t.string({
          nullable: true,
          description: "Recipient's number. A number of 8 to 15 digits reads `+<digits>`.",
          ...plain('to'),
        }),
        contact: t.field({
          type: ContactType,
          nullable: true,
          description:
            'The other party: the sender of an inbound message, the recipient of an outbound one. If the source does not list it, the archive derives it from the conversation, if it can.',
          ...plain('contact'),
        }),
        interactionId: t.id({
          nullable: true,
          description: 'Id of the conversation.',
          ...plain('interactionId'),
        }),
        isRead: t.boolean({
          nullable: true,
          description: 'Whether the upstream marks it as read.',
          ...plain('isRead'),
        }),
        sentAt: t.field({
          type: 'DateTime',
          description: 'When it was sent.',
          ...plain('sentAt'),
        }),
        failure: t.field({
          type: MessageFailureType,
          nullable: true,
          description: 'Why it failed.',
          ...plain('failure'),
        }),
        detail: t.field({
          type: MessageDetailType,
          nullable: true,
          description:
            'What only a request for this one message returns. Each message for which it is selected costs a request, unless the archive has sent that request since the status changed; a query that may need too many is refused. Null where the source has no such endpoint.',
          resolve: detailOf,
          extensions: {
            needs: ['upstreamId'],
            archived: true,
            requested: true,
            costs: { points: 10 } satisfies CostExtensions,
          } satisfies MessageFieldExtensions & { readonly costs: CostExtensions },
        }),
        statusHistory: t.field({
          type: [StatusChangeType],
          description: 'Every status that was seen, oldest first; empty if the source is read live.',
          ...fromRecord((record) => record?.statusHistory ?? []),
          extensions: RECORD_LIST,
        }),
        textHistory: t.field({
          type: [TextVersionType],
          description:
            'Texts that the message had before it was edited, oldest first. Empty where nothing was kept: only the archive sees edits.',
          ...fromRecord((record) => record?.textHistory ?? []),
          extensions: RECORD_LIST,
        }),
        deletedAt: t.field({
          type: 'DateTime',
          nullable: true,
          description:
            'When the archive found that the upstream had deleted it; null otherwise, and if the source is read live.',
          ...fromRecord((record) => record?.deletedAt ?? null),
        }),
        raw: t.field({
          type: 'JSON',
          nullable: true,
          description: "The upstream's own object.",
          ...plain('raw'),
        }),
      }) satisfies EveryField,
  })

/** A list of what the archive has beside a message, which is short for nearly every message. */
const RECORD_LIST = {
  needs: ['upstreamId'],
  archived: true,
  costs: { length: 4 },
} satisfies MessageFieldExtensions & { readonly costs: CostExtensions }

/** How a field is resolved that the message has as it is. */
function plain<Field extends MessageField>(field: Field): FieldSource<Message[Field]> {
  return { resolve: ({ message }) => message[field], extensions: { needs: [field] } }
}

async function detailOf(
  message: SourcedMessage,
  _: unknown,
  context: OperationContext,
): Promise<MessageDetail | null> {
  const record = await recordOf(message, context)
  return record?.isDetailCurrent === true ? record.detail : context.loaders.detail(message)
}

/** How a field is resolved that the archive has of a message: null is nothing. */
function fromRecord<Value>(
  read: (record: ArchiveRecord | null) => Value,
): FieldSource<Value | Promise<Value>> {
  return {
    resolve: (message, _, context) => {
      const record = recordOf(message, context)
      return record instanceof Promise ? record.then(read) : read(record)
    },
    extensions: { needs: ['upstreamId'], archived: true },
  }
}

interface FieldSource<Value> {
  readonly resolve: (message: SourcedMessage, _: unknown, context: OperationContext) => Value
  readonly extensions: MessageFieldExtensions
}

const MessageFailureType: ObjectType<MessageFailure> = builder
  .objectRef<MessageFailure>('MessageFailure')
  .implement({
    description: 'Why a message failed, as far as the upstream says.',
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: true,
        description: "The upstream's code in its own notation; null where it gives none.",
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'The reason in words; null where the upstream gives none.',
      }),
    }),
  })

const MessageDetailType: ObjectType<MessageDetail> = builder
  .objectRef<MessageDetail>('MessageDetail')
  .implement({
    description: 'What only a request for a single message returns.',
    fields: (t) => ({
      statusMessage: t.exposeString('statusMessage', {
        nullable: true,
        description: "The upstream's description of the status, or its error text.",
      }),
      replyToId: t.exposeString('replyToId', {
        nullable: true,
        description: 'Upstream id of the message that this one replies to.',
      }),
      mediaUrl: t.exposeString('mediaUrl', { nullable: true, description: 'Where the attached media is.' }),
      staffId: t.exposeID('staffId', {
        nullable: true,
        description: 'Id of the member of staff who sent it; null if a machine sent it.',
      }),
      deliveredAt: t.expose('deliveredAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was delivered.',
      }),
      readAt: t.expose('readAt', { type: 'DateTime', nullable: true, description: 'When it was read.' }),
    }),
  })

const StatusChangeType: ObjectType<StatusChange> = builder.objectRef<StatusChange>('StatusChange').implement({
  description: 'A status of a message, and when it was first seen.',
  fields: (t) => ({
    status: t.expose('status', {
      type: MessageStatusType,
      nullable: true,
      description: 'The status; null where the upstream had none.',
    }),
    observedAt: t.expose('observedAt', {
      type: 'DateTime',
      description: 'When this status was first seen; the change itself may be older.',
    }),
  }),
})

const TextVersionType: ObjectType<TextVersion> = builder.objectRef<TextVersion>('TextVersion').implement({
  description: 'A text that a message had before it was edited.',
  fields: (t) => ({
    text: t.exposeString('text', {
      nullable: true,
      description: 'The text exactly as the upstream sent it; null where it had none.',
    }),
    replacedAt: t.expose('replacedAt', {
      type: 'DateTime',
      description: 'When another text was first seen in its place; the edit itself may be older.',
    }),
  }),
})
