import type { StatusChange } from '@waybill/archive'
import type { MessageDetail, MessageFailure } from '@waybill/core'
import type { SourcedMessage } from '@waybill/engine'
import { fromRecord } from './archived-record.js'
import { builder, type ObjectType } from './builder.js'
import { configuredSourceOf } from './context.js'
import { MessageDirectionType, MessageStatusType, MessageTypeType } from './message-enums.js'
import type { RequestBudget } from './message-loaders.js'
import { NodeType } from './node.js'
import { SourceType } from './source.js'

/** A message within an answer. */
export interface MessageNode extends SourcedMessage {
  /** What is left of the answer's `maxUpstreamRequests`; absent where there is no such limit. */
  readonly budget?: RequestBudget | undefined
}

export const MessageObject: ObjectType<MessageNode> = builder.objectRef<MessageNode>('Message').implement({
  description: 'A message, in one form whatever the source. What the upstream does not tell is null.',
  interfaces: [NodeType],
  fields: (t) => ({
    source: t.field({
      type: SourceType,
      description: 'Where it comes from.',
      resolve: (node, _, { sources }) => configuredSourceOf(sources, node.source),
    }),
    upstreamId: t.string({
      description: "The id in the upstream's own system.",
      resolve: ({ message }) => message.upstreamId,
    }),
    whatsappId: t.string({
      nullable: true,
      description: "WhatsApp's own id (`wamid.…`).",
      resolve: ({ message }) => message.whatsappId,
    }),
    direction: t.field({
      type: MessageDirectionType,
      nullable: true,
      description: 'Which way it went.',
      resolve: ({ message }) => message.direction,
    }),
    type: t.field({
      type: MessageTypeType,
      nullable: true,
      description: 'What it is made of.',
      resolve: ({ message }) => message.type,
    }),
    rawType: t.string({
      nullable: true,
      description: "The type in the upstream's own word.",
      resolve: ({ message }) => message.rawType,
    }),
    status: t.field({
      type: MessageStatusType,
      nullable: true,
      description: 'How far it got.',
      resolve: ({ message }) => message.status,
    }),
    text: t.string({
      nullable: true,
      description: 'The content, verbatim as the upstream sent it, HTML of templates included.',
      resolve: ({ message }) => message.text,
    }),
    from: t.string({
      nullable: true,
      description: "Sender's number or id. A number of 8 to 15 digits reads `+<digits>`.",
      resolve: ({ message }) => message.from,
    }),
    to: t.string({
      nullable: true,
      description: "Recipient's number. A number of 8 to 15 digits reads `+<digits>`.",
      resolve: ({ message }) => message.to,
    }),
    interactionId: t.id({
      nullable: true,
      description: 'Id of the conversation.',
      resolve: ({ message }) => message.interactionId,
    }),
    isRead: t.boolean({
      nullable: true,
      description: "The upstream's own mark that it was read.",
      resolve: ({ message }) => message.isRead,
    }),
    sentAt: t.field({
      type: 'DateTime',
      description: 'When it was sent.',
      resolve: ({ message }) => message.sentAt,
    }),
    failure: t.field({
      type: MessageFailureType,
      nullable: true,
      description: 'Why it failed.',
      resolve: ({ message }) => message.failure,
    }),
    detail: t.field({
      type: MessageDetailType,
      nullable: true,
      description:
        'What only a request for this one message tells: each message that it is selected for costs a request. ' +
        'Null where the source has nothing more to tell.',
      resolve: ({ source, message, budget }, _, { loaders }) =>
        loaders.detail({ source, upstreamId: message.upstreamId, budget }),
    }),
    statusHistory: t.field({
      type: [StatusChangeType],
      description: 'The statuses it was seen with, oldest first; empty where the source is read live.',
      resolve: (node, _, context) => fromRecord(node, context, (record) => record?.statusHistory ?? []),
    }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When it was found to be deleted upstream. The archive keeps it; null otherwise, and where the source is read live.',
      resolve: (node, _, context) => fromRecord(node, context, (record) => record?.deletedAt ?? null),
    }),
    raw: t.field({
      type: 'JSON',
      nullable: true,
      description: "The upstream's own object.",
      resolve: ({ message }) => message.raw,
    }),
  }),
})

const MessageFailureType: ObjectType<MessageFailure> = builder
  .objectRef<MessageFailure>('MessageFailure')
  .implement({
    description: 'Why a message failed, as far as the upstream tells.',
    fields: (t) => ({
      code: t.exposeString('code', {
        nullable: true,
        description: "The upstream's code in its own notation; null where it gives none.",
      }),
      reason: t.exposeString('reason', { description: 'The reason in words.' }),
    }),
  })

const MessageDetailType: ObjectType<MessageDetail> = builder
  .objectRef<MessageDetail>('MessageDetail')
  .implement({
    description: 'What only a request for a single message tells.',
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
        description: 'Id of the member of staff who sent it; null for what a machine sent.',
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
  description: 'A status that a message was seen with.',
  fields: (t) => ({
    status: t.expose('status', {
      type: MessageStatusType,
      nullable: true,
      description: 'The status; null where the upstream had none.',
    }),
    observedAt: t.expose('observedAt', {
      type: 'DateTime',
      description: 'When this status was first seen, which may be later than when it came about.',
    }),
  }),
})
