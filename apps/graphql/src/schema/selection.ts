import type { MessageField } from '@waybill/core'
import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql'

/** What a query needs of each message. */
export interface MessageSelection {
  /** Null: all. */
  readonly fields: ReadonlySet<MessageField> | null
  /** Whether it needs to know how many there are. */
  readonly totalCount: boolean
  /** Whether it needs to know what is missing. */
  readonly reports: boolean
  /** Whether it needs what only the archive knows of them. */
  readonly records: boolean
  /** Whether it needs what only a request for a single message yields. */
  readonly details: boolean
}

/** What a field of the schema's `Message` says of itself. One that says nothing needs everything. */
export type MessageFieldExtensions = {
  /** The fields of a message that it is made from. */
  readonly needs: readonly MessageField[]
  /** Whether it is also made from what only the archive knows. */
  readonly archived?: boolean
  /** Whether it costs a request for the single message where the archive does not have it. */
  readonly requested?: boolean
}

/** What a selection is read with: `info` of a resolver, or what is the same for all requests with one document. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>

/** Reads from the selection below `messages` what has to be fetched. */
export function selectionOf(nodes: readonly FieldNode[], info: SelectionInfo): MessageSelection {
  const connection = selectionsOf(nodes, info)
  const edges = selectionsOf(connection.get('edges') ?? [], info)
  const selected = messageFields([...(connection.get('nodes') ?? []), ...(edges.get('node') ?? [])], info)
  const needs = selected.map((field) => field.needs)
  return {
    fields: needs.includes(undefined) ? null : new Set(needs.flatMap((names) => names ?? [])),
    totalCount: connection.has('totalCount'),
    reports: connection.has('sources'),
    records: selected.some(({ archived }) => archived === true),
    details: selected.some(({ requested }) => requested === true),
  }
}

/** The outermost fields of an operation by their names. */
export function rootFields(
  { selectionSet }: OperationDefinitionNode,
  info: SelectionInfo,
): ReadonlyMap<string, readonly FieldNode[]> {
  return byName(selectionSet.selections, info)
}

/** Whether anything that only the archive knows of a message is selected below some fields. */
export function needsRecords(fields: readonly FieldNode[], info: SelectionInfo): boolean {
  return messageFields(fields, info).some(({ archived }) => archived === true)
}

function messageFields(
  parents: readonly FieldNode[],
  info: SelectionInfo,
): Partial<MessageFieldExtensions>[] {
  const fields = (info.schema.getType('Message') as GraphQLObjectType).getFields()
  return [...selectionsOf(parents, info).keys()].map((name) =>
    name === '__typename' ? { needs: [] } : { ...fields[name]?.extensions },
  )
}

/**
 * What is selected below some fields, by field name. Follows fragments, and leaves out what `@skip` and `@include`
 * leave out. A name can stand for several fields: one for each alias, and one for each place it is selected at.
 */
function selectionsOf(
  fields: readonly FieldNode[],
  info: SelectionInfo,
): ReadonlyMap<string, readonly FieldNode[]> {
  return byName(
    fields.flatMap((field) => field.selectionSet?.selections ?? []),
    info,
  )
}

function byName(
  selections: readonly SelectionNode[],
  info: SelectionInfo,
): ReadonlyMap<string, readonly FieldNode[]> {
  return Map.groupBy(
    selections.flatMap((selection) => resolveSelection(selection, info)),
    (field) => field.name.value,
  )
}

// A valid document has no fragment that reaches itself, so this ends.
function resolveSelection(selection: SelectionNode, info: SelectionInfo): readonly FieldNode[] {
  if (!isIncluded(selection, info)) return []
  if (selection.kind === 'Field') return [selection]
  const fragment = selection.kind === 'FragmentSpread' ? info.fragments[selection.name.value] : selection
  return (fragment?.selectionSet.selections ?? []).flatMap((inner) => resolveSelection(inner, info))
}

function isIncluded(selection: SelectionNode, { variableValues }: SelectionInfo): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)
  return skip?.['if'] !== true && include?.['if'] !== false
}
