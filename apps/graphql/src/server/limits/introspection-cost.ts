import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql'
import type { ArgumentReader } from './argument-reader.js'

/** Deprecated members count too. */
const EVERYTHING = { includeDeprecated: true }

/**
 * Measures how many values introspection yields, exactly: it walks the schema as the answer would, but every part of the
 * schema only once for a set of selections, however often that is spread and whatever its aliases.
 */
export function createIntrospectionCost(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  args: ArgumentReader,
): (node: FieldNode) => number {
  const info = { schema } as GraphQLResolveInfo
  const known = new Map<SelectionSetNode, Map<unknown, number>>()

  function costOfSet(set: SelectionSetNode, type: GraphQLObjectType, value: unknown): number {
    const costs = known.get(set) ?? new Map<unknown, number>()
    known.set(set, costs)
    const cost = costs.get(value)
    if (cost !== undefined) return cost
    costs.set(value, 0)
    const sum = set.selections.reduce((total, one) => total + costOfSelection(one, type, value), 0)
    costs.set(value, sum)
    return sum
  }

  function costOfSelection(selection: SelectionNode, type: GraphQLObjectType, value: unknown): number {
    if (selection.kind === 'Field') {
      const field = type.getFields()[selection.name.value]
      return 1 + (field === undefined ? 0 : costBelow(selection, field, value, EVERYTHING))
    }
    const fragment = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value) : selection
    return fragment === undefined ? 0 : costOfSet(fragment.selectionSet, type, value)
  }

  function costBelow(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    value: unknown,
    given: Readonly<Record<string, unknown>>,
  ): number {
    const type = getNamedType(field.type)
    if (node.selectionSet === undefined || !isObjectType(type)) return 0
    const found: unknown = field.resolve?.(value, given, null, info)
    const items: unknown[] = Array.isArray(found) ? found : [found]
    let sum = 0
    for (const item of items) {
      if (item !== null && item !== undefined) sum += costOfSet(node.selectionSet, type, item)
    }
    return sum
  }

  return (node) => {
    if (node.name.value === '__schema') return costBelow(node, SchemaMetaFieldDef, null, {})
    if (node.name.value !== '__type') return 0
    return costBelow(node, TypeMetaFieldDef, null, { name: args.text(node, 'name') ?? '' })
  }
}
