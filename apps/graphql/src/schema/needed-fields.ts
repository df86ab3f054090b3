import type { MessageField } from '@waybill/core'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { needsRecords } from './archived-record.js'
import { selectionsOf } from './selection.js'

/** What a query needs of each message. */
export interface NeededFields {
  /** Null: all. */
  readonly fields: ReadonlySet<MessageField> | null
  /** Whether it needs to know how many there are. */
  readonly totalCount: boolean
  /** Whether it needs what only the archive knows of them. */
  readonly records: boolean
}

/** What the fields of the schema's `Message` are made from. Those that are not here need everything. */
const SOURCES: Readonly<Record<string, readonly MessageField[]>> = {
  __typename: [],
  id: ['upstreamId'],
  source: [],
  upstreamId: ['upstreamId'],
  whatsappId: ['whatsappId'],
  direction: ['direction'],
  type: ['type'],
  rawType: ['rawType'],
  status: ['status'],
  text: ['text'],
  from: ['from'],
  to: ['to'],
  interactionId: ['interactionId'],
  isRead: ['isRead'],
  sentAt: ['sentAt'],
  failure: ['failure'],
  detail: ['upstreamId'],
  statusHistory: ['upstreamId'],
  // Not all fields: one of them may have to be learned, at the price of reading twice.
  raw: ['raw'],
  deletedAt: ['upstreamId'],
}

/** Reads from the selection below `messages` what has to be fetched. */
export function neededFields(info: GraphQLResolveInfo): NeededFields {
  const connection = selectionsOf(info.fieldNodes, info)
  const edges = selectionsOf(connection.get('edges') ?? [], info)
  const nodes: readonly FieldNode[] = [...(connection.get('nodes') ?? []), ...(edges.get('node') ?? [])]
  return {
    fields: messageFields([...selectionsOf(nodes, info).keys()]),
    totalCount: connection.has('totalCount'),
    records: needsRecords(nodes, info),
  }
}

function messageFields(names: readonly string[]): ReadonlySet<MessageField> | null {
  const sources = names.map((name) => SOURCES[name])
  return sources.includes(undefined) ? null : new Set(sources.flatMap((fields) => fields ?? []))
}
