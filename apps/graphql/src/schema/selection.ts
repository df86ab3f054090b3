import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type SelectionNode,
} from 'graphql'

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
