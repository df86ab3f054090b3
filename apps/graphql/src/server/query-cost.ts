import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql'

/** What an operation costs, fragments expanded. */
export interface QueryCost {
  /** How deep fields are nested. Introspection does not count: it has a rule of its own. */
  readonly depth: number
  /** How many fields are selected. */
  readonly fields: number
  /** What its outermost fields cost, after {@link POINTS}. */
  readonly points: number
}

/** The most that one operation may cost. */
const QUERY_LIMITS: QueryCost = { depth: 12, fields: 1000, points: 100 }

/** What each outermost field costs; every other one costs 1. */
const POINTS: Readonly<Record<string, number>> = {
  messages: 10,
  messageCounts: 10,
  nodes: 10,
  reconcile: 10,
  __schema: 10,
  __type: 5,
}

const NOTHING: QueryCost = { depth: 0, fields: 0, points: 0 }

const COMPLAINTS: Readonly<Record<keyof QueryCost, string>> = {
  depth: `nests fields deeper than ${QUERY_LIMITS.depth}`,
  fields: `selects more than ${QUERY_LIMITS.fields} fields`,
  points: `costs more than ${QUERY_LIMITS.points} points: 10 for each \`messages\`, \`messageCounts\`, \`nodes\` and \`reconcile\`, 1 for each \`message\` and \`node\``,
}

/** Refuses an operation that costs more than {@link QUERY_LIMITS}. */
export const QueryCostRule: ValidationRule = (context) => {
  const measure = createMeasure((name) => context.getFragment(name) ?? undefined)
  return {
    OperationDefinition(operation) {
      const cost = measure(operation.selectionSet)
      for (const quantity of ['depth', 'fields', 'points'] as const) {
        if (cost[quantity] > QUERY_LIMITS[quantity]) context.reportError(tooExpensive(quantity))
      }
      return false
    },
  }
}

function tooExpensive(quantity: keyof QueryCost): GraphQLError {
  return new GraphQLError(`The query ${COMPLAINTS[quantity]}. Ask for less in one query.`, {
    extensions: { code: 'QUERY_TOO_EXPENSIVE' },
  })
}

// Each fragment is measured once, however often it is spread: nested spreads would else take exponential time.
function createMeasure(
  fragment: (name: string) => FragmentDefinitionNode | undefined,
): (set: SelectionSetNode) => QueryCost {
  const measured = new Map<string, QueryCost>()
  const measureSet = (set: SelectionSetNode | undefined): QueryCost =>
    (set?.selections ?? []).map(measureSelection).reduce(add, NOTHING)
  const measureSelection = (selection: SelectionNode): QueryCost => {
    if (selection.kind === 'Field') return costOfField(selection, measureSet)
    if (selection.kind === 'InlineFragment') return measureSet(selection.selectionSet)
    const name = selection.name.value
    // What it costs is not known while it is being measured; a fragment that spreads itself is refused elsewhere.
    if (!measured.has(name)) measured.set(name, NOTHING)
    else return measured.get(name) ?? NOTHING
    const cost = measureSet(fragment(name)?.selectionSet)
    measured.set(name, cost)
    return cost
  }
  return measureSet
}

function costOfField(
  field: FieldNode,
  measureSet: (set: SelectionSetNode | undefined) => QueryCost,
): QueryCost {
  const name = field.name.value
  const inner = measureSet(field.selectionSet)
  const points = POINTS[name] ?? 1
  return name === '__schema' || name === '__type'
    ? { depth: 1, fields: 1, points }
    : { depth: inner.depth + 1, fields: inner.fields + 1, points }
}

function add(left: QueryCost, right: QueryCost): QueryCost {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    points: left.points + right.points,
  }
}
