import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { CostExtensions } from '../../schema/costs.js'
import { createArgumentReader } from './argument-reader.js'
import { createIntrospectionCost } from './introspection-cost.js'

export interface CostOptions {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>>
  /** How many sources are configured. */
  readonly sources: number
}

/** How many items a list of the schema that says nothing about it is taken to have. */
const USUAL_LENGTH = 10

/** A name in the answer costs as much as a value for each of so many characters. */
const CHARACTERS_OF_A_VALUE = 32

/**
 * How many values the answer to an operation may hold, before it is executed: each list at its greatest length (`first`, `ids`,
 * or what the schema says of it), the lists of introspection at their real one, and the items of lists in arguments.
 */
export function measureCost({ schema, operation, fragments, variables, sources }: CostOptions): number {
  const args = createArgumentReader(operation, variables)
  const introspection = createIntrospectionCost(schema, fragments, args)
  const known = new Map<SelectionSetNode, Map<string, number>>()

  // One set of selections costs the same wherever it is spread: nested spreads would else take exponential time.
  function costOfSet(set: SelectionSetNode, type: GraphQLCompositeType, page: number): number {
    const key = `${type.name} ${page}`
    const costs = known.get(set) ?? new Map<string, number>()
    known.set(set, costs)
    const cost = costs.get(key)
    if (cost !== undefined) return cost
    costs.set(key, 0)
    const sum = set.selections.reduce((total, one) => total + costOfSelection(one, type, page), 0)
    costs.set(key, sum)
    return sum
  }

  function costOfSelection(selection: SelectionNode, type: GraphQLCompositeType, page: number): number {
    if (selection.kind === 'Field') return costOfField(selection, type, page)
    const fragment = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value) : selection
    if (fragment === undefined) return 0
    const name = fragment.typeCondition?.name.value
    const condition = name === undefined ? type : schema.getType(name)
    return isCompositeType(condition) ? costOfSet(fragment.selectionSet, condition, page) : 0
  }

  function costOfField(node: FieldNode, type: GraphQLCompositeType, page: number): number {
    const own =
      1 + Math.floor((node.alias ?? node.name).value.length / CHARACTERS_OF_A_VALUE) + args.items(node)
    const name = node.name.value
    if (name.startsWith('__')) return own + introspection(node)
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
    if (field === undefined) return own
    const { costs = {} } = field.extensions as { costs?: CostExtensions }
    const inner = costs.page === undefined ? page : args.number(node, costs.page)
    const named = getNamedType(field.type)
    const item =
      isCompositeType(named) && node.selectionSet !== undefined
        ? costOfSet(node.selectionSet, named, inner)
        : 0
    return (
      own + (costs.points ?? 0) + lengthOf(node, field, costs, page) * Math.max(item, isList(field) ? 1 : 0)
    )
  }

  function lengthOf(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    { length }: CostExtensions,
    page: number,
  ): number {
    if (!isList(field)) return 1
    if (length === 'page') return page
    if (typeof length === 'number') return length
    if (length === 'sources') return sources
    return length === undefined ? USUAL_LENGTH : args.length(node, length)
  }

  const root = schema.getRootType(operation.operation)
  return root ? costOfSet(operation.selectionSet, root, 0) : 0
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(type))
}
