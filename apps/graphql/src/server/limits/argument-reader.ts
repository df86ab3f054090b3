import type { FieldNode, OperationDefinitionNode, ValueNode } from 'graphql'

/** Reads from a field's arguments, variables in place, what the cost depends on. */
export interface ArgumentReader {
  /** How many items all lists in the field's arguments have, however deep they are. */
  items(node: FieldNode): number
  /** A number between 1 and `most`, `usual` without one. A number beyond that is refused when the field is read. */
  number(
    node: FieldNode,
    argument: { readonly argument: string; readonly usual: number; readonly most: number },
  ): number
  /** The length of a list, at most `most`. */
  length(node: FieldNode, argument: { readonly argument: string; readonly most: number }): number
  /** A text; null without one. */
  text(node: FieldNode, argument: string): string | null
}

/** @param variables As they were sent. */
export function createArgumentReader(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ArgumentReader {
  const defaults = new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  )
  const itemsOfVariables = new Map<string, number>()

  function valueOf(node: ValueNode | undefined): unknown {
    if (node === undefined) return undefined
    if (node.kind === 'Variable') {
      const { value: name } = node.name
      return Object.hasOwn(variables, name) ? variables[name] : valueOf(defaults.get(name))
    }
    if (node.kind === 'ListValue') return node.values
    if (node.kind === 'IntValue') return Number(node.value)
    return node.kind === 'StringValue' ? node.value : undefined
  }

  function itemsOf(node: ValueNode): number {
    if (node.kind === 'ListValue') return node.values.reduce((sum, value) => sum + 1 + itemsOf(value), 0)
    if (node.kind === 'ObjectValue') return node.fields.reduce((sum, { value }) => sum + itemsOf(value), 0)
    if (node.kind !== 'Variable') return 0
    const name = node.name.value
    const known = itemsOfVariables.get(name)
    if (known !== undefined) return known
    const fallback = defaults.get(name)
    const items = Object.hasOwn(variables, name)
      ? itemsWithin(variables[name])
      : fallback === undefined
        ? 0
        : itemsOf(fallback)
    itemsOfVariables.set(name, items)
    return items
  }

  const argumentOf = (node: FieldNode, wanted: string): unknown =>
    valueOf(node.arguments?.find(({ name }) => name.value === wanted)?.value)

  return {
    items: (node) => (node.arguments ?? []).reduce((sum, { value }) => sum + itemsOf(value), 0),
    number: (node, { argument, usual, most }) => {
      const value = argumentOf(node, argument)
      return typeof value === 'number' && value >= 1 ? Math.min(value, most) : usual
    },
    length: (node, { argument, most }) => {
      const value = argumentOf(node, argument)
      return Array.isArray(value) ? Math.min(value.length, most) : 1
    },
    text: (node, argument) => {
      const value = argumentOf(node, argument)
      return typeof value === 'string' ? value : null
    },
  }
}

function itemsWithin(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? value.length : 0
  return Object.values(value).reduce<number>((sum, member) => sum + itemsWithin(member), own)
}
