import type { ConfiguredSource } from '@waybill/runtime'
import {
  type FragmentDefinitionNode,
  getArgumentValues,
  getVariableValues,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import type { CountRequests } from '../../schema/costs.js'
import { rootFields, type SelectionInfo } from '../../schema/selection.js'

export interface SingleRequestsOptions {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>>
  /** Those that exist for the caller. */
  readonly sources: ReadonlyMap<string, ConfiguredSource>
}

/**
 * How many requests for single messages an operation may need at most, before it is executed: one for each message of a live
 * source whose `detail` is selected, and for each that is looked up there. What an archive has stored is only known when its
 * messages were read, so that they do not count here.
 */
export function countSingleRequests({
  schema,
  operation,
  fragments,
  variables,
  sources,
}: SingleRequestsOptions): number {
  const live = new Set(
    [...sources.values()]
      .filter(({ read, provider }) => read === 'live' && provider.get !== undefined)
      .map(({ id }) => id),
  )
  if (live.size === 0 || operation.operation !== 'query') return 0
  const { variableValues } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
  if (variableValues === undefined) return 0
  const info: SelectionInfo = { schema, fragments: Object.fromEntries(fragments), variableValues }
  const known = schema.getQueryType()?.getFields() ?? {}
  let sum = 0
  for (const [name, nodes] of rootFields(operation, info)) {
    const field = known[name]
    const count = field?.extensions['requests'] as CountRequests<unknown> | undefined
    if (field === undefined || count === undefined) continue
    for (const node of nodes) sum += orNone(() => count(argumentsOf(field, node, info), { node, info, live }))
  }
  return sum
}

function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: Parameters<typeof getArgumentValues>[1],
  { variableValues }: SelectionInfo,
): Readonly<Record<string, unknown>> {
  return getArgumentValues(field, node, variableValues)
}

/** Wrong arguments are refused where they are read, before anything is requested. */
function orNone(count: () => number): number {
  try {
    return count()
  } catch {
    return 0
  }
}
