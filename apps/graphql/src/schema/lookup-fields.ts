import type { MessageKey } from '@waybill/archive'
import { WaybillError } from '@waybill/core'
import type { SourcedMessage } from '@waybill/engine'
import { forbidden } from '../access/without-content.js'
import { decodeGlobalId } from '@waybill/runtime'
import { loadRecords } from './archived-record.js'
import { builder } from './builder.js'
import type { OperationContext } from './context.js'
import type { CostExtensions, CountRequests } from './costs.js'
import { MessageObject } from './message.js'
import { type Node, NodeType } from './node.js'
import { needsRecords } from './selection.js'

const MOST_IDS = 100

/** Declares the fields of `Query` that look things up by their ids. */
export function declareLookupFields(): void {
  builder.queryFields((t) => ({
    message: t.field({
      type: MessageObject,
      nullable: true,
      description: 'One message by its global id; null if it does not exist.',
      args: { id: t.arg.id({ required: true, description: "The message's `id`." }) },
      resolve: (_, { id }, context, info) => findMessage(id, context, needsRecords(info.fieldNodes, info)),
      extensions: { requests: countId },
    }),
    node: t.field({
      type: NodeType,
      nullable: true,
      description: 'The object with this global id; null if it does not exist.',
      args: { id: t.arg.id({ required: true, description: 'The `id` of a message or a source.' }) },
      resolve: (_, { id }, context, info) => findNode(id, context, needsRecords(info.fieldNodes, info)),
      extensions: { requests: countId },
    }),
    nodes: t.field({
      type: [NodeType],
      nullable: { list: false, items: true },
      description: `The objects with these global ids, in the same order; at most ${MOST_IDS}.`,
      args: { ids: t.arg.idList({ required: true, description: 'The `id`s of messages and sources.' }) },
      resolve: (_, { ids }, context, info) => findNodes(ids, context, needsRecords(info.fieldNodes, info)),
      extensions: {
        costs: { length: { argument: 'ids', most: MOST_IDS } } satisfies CostExtensions,
        requests: countIds,
      },
    }),
    messagesByUpstreamId: t.field({
      type: [MessageObject],
      nullable: { list: false, items: true },
      description:
        "The messages with this id in the upstreams' own systems: one for each source, in the order of the configuration; null where a source has none.",
      args: { upstreamId: t.arg.id({ required: true, description: 'The `upstreamId` of a message.' }) },
      resolve: (_, { upstreamId }, context, info) => {
        const withRecord = needsRecords(info.fieldNodes, info)
        return [...context.sources.keys()].map((source) =>
          readMessage({ source, upstreamId }, context, withRecord),
        )
      },
      extensions: {
        costs: { length: 'sources' } satisfies CostExtensions,
        requests: countSources,
      },
    }),
    messagesByWhatsappId: t.field({
      type: [MessageObject],
      description:
        'The archived messages with this id of WhatsApp (`wamid.…`), in the order of the configuration. Sources that are read live cannot be searched by it. Messages of Octopods have it once their `detail` was requested.',
      args: { whatsappId: t.arg.id({ required: true, description: 'The `whatsappId` of a message.' }) },
      resolve: (_, { whatsappId }, context, info) =>
        findByWhatsappId(whatsappId, context, needsRecords(info.fieldNodes, info)),
      extensions: { costs: { length: 'sources' } satisfies CostExtensions },
    }),
  }))
}

const countId: CountRequests<{ readonly id: string }> = ({ id }, { live }) => (isLive(id, live) ? 1 : 0)

const countIds: CountRequests<{ readonly ids: readonly string[] }> = ({ ids }, { live }) =>
  ids.length > MOST_IDS ? 0 : ids.filter((id) => isLive(id, live)).length

const countSources: CountRequests<unknown> = (_, { live }) => live.size

/** @throws WaybillError BAD_USER_INPUT for what is no id */
function isLive(id: string, live: ReadonlySet<string>): boolean {
  const key = decodeGlobalId(id)
  return key.type === 'Message' && live.has(key.source)
}

async function findMessage(
  id: string,
  context: OperationContext,
  withRecord: boolean,
): Promise<SourcedMessage | null> {
  const key = decodeGlobalId(id)
  if (key.type !== 'Message') {
    throw new WaybillError('BAD_USER_INPUT', 'The id is that of a source. Look it up with `node`.')
  }
  return readMessage(key, context, withRecord)
}

async function findNode(id: string, context: OperationContext, withRecord: boolean): Promise<Node | null> {
  const key = decodeGlobalId(id)
  return key.type === 'Source'
    ? (context.sources.get(key.source) ?? null)
    : readMessage(key, context, withRecord)
}

function findNodes(
  ids: readonly string[],
  context: OperationContext,
  withRecord: boolean,
): Promise<Node | null>[] {
  if (ids.length > MOST_IDS) {
    throw new WaybillError('BAD_USER_INPUT', `\`ids\` must be at most ${MOST_IDS} ids, not ${ids.length}.`)
  }
  return ids.map((id) => findNode(id, context, withRecord))
}

async function findByWhatsappId(
  whatsappId: string,
  context: OperationContext,
  withRecord: boolean,
): Promise<SourcedMessage[]> {
  const { archive, sources, seesContent } = context
  // It encodes the number of the other party.
  if (!seesContent) throw forbidden('A lookup by `whatsappId`')
  const found = (await archive?.findByWhatsappId(whatsappId)) ?? []
  const archived = [...sources.values()].filter(({ read }) => read === 'archive')
  const keys = archived.flatMap(({ id }) => found.filter(({ source }) => source === id))
  const messages = await Promise.all(keys.map((key) => readMessage(key, context, withRecord)))
  return messages.filter((message) => message !== null)
}

async function readMessage(
  key: MessageKey,
  context: OperationContext,
  withRecord: boolean,
): Promise<SourcedMessage | null> {
  const message = await context.loaders.message(key)
  if (message !== null && withRecord) await loadRecords([message], context)
  return message
}
