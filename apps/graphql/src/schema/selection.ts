import type { MessageField } from '@waybill/core'
import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type SelectionNode,
} from 'graphql'
import { needsRecords } from './archived-record.js'

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

/**
 * What is selected below some fields, by field name. Follows fragments, and leaves out what `@skip` and `@include`
 * leave out. A name can stand for several fields: one for each alias, and one for each place it is selected at.
 */
export function selectionsOf(
  fields: readonly FieldNode[],
  info: GraphQLResolveInfo,
): ReadonlyMap<string, readonly FieldNode[]> {
  const selections = fields.flatMap((field) => field.selectionSet?.selections ?? [])
  return Map.groupBy(
    selections.flatMap((selection) => resolveSelection(selection, info)),
    (field) => field.name.value,
  )
}

// A valid document has no fragment that reaches itself, so this ends.
function resolveSelection(selection: SelectionNode, info: GraphQLResolveInfo): readonly FieldNode[] {
  if (!isIncluded(selection, info)) return []
  if (selection.kind === 'Field') return [selection]
  const fragment = selection.kind === 'FragmentSpread' ? info.fragments[selection.name.value] : selection
  return (fragment?.selectionSet.selections ?? []).flatMap((inner) => resolveSelection(inner, info))
}

function isIncluded(selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)
  return skip?.['if'] !== true && include?.['if'] !== false
}
