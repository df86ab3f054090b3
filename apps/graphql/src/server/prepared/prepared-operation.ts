import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  type GraphQLField,
  type OperationDefinitionNode,
  type VariableValues,
} from 'graphql'
import type { MessagePage } from '@waybill/engine'
import type { OperationContext } from '../../schema/context.js'
import type { MessagesArguments } from '../../schema/messages-field.js'
import { schema } from '../../schema/schema.js'
import { type MessageSelection, selectionOf } from '../../schema/selection.js'
import { compileField, type Write } from './compile-selection.js'

/** One of the lists that an operation asks for. */
export interface PreparedList {
  /** Its name in the answer. */
  readonly name: string
  /** What its messages need. */
  readonly selection: MessageSelection
  /** @throws GraphQLError for arguments that only the variables have wrong */
  readonly argumentsOf: (variables: VariableValues) => MessagesArguments
  /** Makes the answer of the page that was read. */
  readonly write: (page: MessagePage, context: OperationContext) => unknown
}

/**
 * Prepares an operation that asks for lists of messages and nothing else, which is what clients send again and again; null for
 * any other.
 */
export function prepareOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly PreparedList[] | null {
  if (operation.operation !== 'query' || (operation.directives?.length ?? 0) > 0) return null
  const lists: PreparedList[] = []
  for (const selection of operation.selectionSet.selections) {
    const list = selection.kind === 'Field' ? prepareList(selection, fragments) : null
    if (list === null || lists.some(({ name }) => name === list.name)) return null
    lists.push(list)
  }
  return lists
}

function prepareList(
  node: FieldNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): PreparedList | null {
  const field: GraphQLField<unknown, unknown> | undefined = schema.getQueryType()?.getFields()[
    node.name.value
  ]
  const name = (node.alias ?? node.name).value
  const isList =
    node.name.value === 'messages' && (node.directives?.length ?? 0) === 0 && name !== '__proto__'
  if (field === undefined || !isList) return null
  const write: Write | null = compileField(field.type, [node], { schema, fragments })
  if (write === null) return null
  const selection = selectionOf([node], {
    schema,
    fragments: Object.fromEntries(fragments),
    // What is compiled has no directive that a variable could switch.
    variableValues: { sources: {}, coerced: {} },
  })
  // A request has to be waited for.
  if (selection.details) return null
  return {
    name,
    selection,
    argumentsOf: (variables) => getArgumentValues(field, node, variables) as unknown as MessagesArguments,
    write,
  }
}
