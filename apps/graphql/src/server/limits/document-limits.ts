import type { ServerLimits } from '@waybill/runtime'
import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
  visit,
} from 'graphql'
import { type Excess, limitError } from './limit-error.js'

/** How large an operation is, fragments expanded. */
interface Size {
  /** How deep fields are nested. Introspection does not count. */
  readonly maxDepth: number
  readonly maxFields: number
  readonly maxAliases: number
  /** What its outermost fields read, after {@link READS}. */
  readonly maxReads: number
}

/** What each outermost field reads; every other one reads a single object. */
const READS: Readonly<Record<string, number>> = {
  messages: 10,
  nodes: 10,
  messageCounts: 10,
  reconcile: 10,
  __schema: 10,
  __type: 5,
}

const NOTHING: Size = { maxDepth: 0, maxFields: 0, maxAliases: 0, maxReads: 0 }

const WORDS: Readonly<Record<keyof Size, readonly [text: string, unit: string]>> = {
  maxDepth: ['nests fields deeper than', ''],
  maxFields: ['selects more than', ' fields'],
  maxAliases: ['has more than', ' aliases'],
  maxReads: [
    'reads more than',
    ' points: 10 for each list and each introspection of the schema, 1 for each single object',
  ],
}

/** Refuses a document that is larger than the limits, before it is validated: that may itself be expensive. */
export function documentLimitsRule(limits: ServerLimits): ValidationRule {
  return (context) => {
    const measure = createMeasure((name) => context.getFragment(name) ?? undefined)
    return {
      OperationDefinition(operation) {
        for (const excess of [...findLongName(operation, limits), ...findManyVariables(operation, limits)]) {
          context.reportError(limitError(excess))
        }
        const size = measure(operation.selectionSet)
        for (const limit of Object.keys(WORDS) as (keyof Size)[]) {
          if (size[limit] <= limits[limit]) continue
          const [text, unit] = WORDS[limit]
          const allowed = limits[limit]
          const remedy = 'Ask for less in one query.'
          context.reportError(
            limitError({ limit, asked: size[limit], allowed, text: `${text} ${allowed}${unit}`, remedy }),
          )
        }
        return false
      },
      Document(document) {
        let asked = 0
        visit(document, {
          [Kind.DIRECTIVE]: () => {
            asked += 1
          },
        })
        const allowed = limits.maxDirectives
        if (asked <= allowed) return
        const text = `has more than ${allowed} directives`
        const remedy = 'Use fewer in one query.'
        context.reportError(limitError({ limit: 'maxDirectives', asked, allowed, text, remedy }))
      },
    }
  }
}

function findLongName({ name }: OperationDefinitionNode, limits: ServerLimits): Excess[] {
  const asked = name?.value.length ?? 0
  const allowed = limits.maxOperationNameLength
  if (asked <= allowed) return []
  const text = `has a name of more than ${allowed} characters`
  return [{ limit: 'maxOperationNameLength', asked, allowed, text, remedy: 'Give it a shorter one.' }]
}

function findManyVariables(operation: OperationDefinitionNode, limits: ServerLimits): Excess[] {
  const asked = operation.variableDefinitions?.length ?? 0
  const allowed = limits.maxVariables
  if (asked <= allowed) return []
  const text = `has more than ${allowed} variables`
  const remedy = 'Send several values as one variable, a list or an input object.'
  return [{ limit: 'maxVariables', asked, allowed, text, remedy }]
}

// Each fragment is measured once, however often it is spread: nested spreads would else take exponential time.
function createMeasure(
  fragment: (name: string) => FragmentDefinitionNode | undefined,
): (set: SelectionSetNode) => Size {
  const measured = new Map<string, Size>()
  const measureSet = (set: SelectionSetNode | undefined): Size =>
    (set?.selections ?? []).map(measureSelection).reduce(add, NOTHING)
  const measureSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FIELD) return sizeOfField(selection, measureSet)
    if (selection.kind === Kind.INLINE_FRAGMENT) return measureSet(selection.selectionSet)
    const name = selection.name.value
    const known = measured.get(name)
    if (known !== undefined) return known
    // What it measures is not known while it is being measured; a fragment that spreads itself is refused elsewhere.
    measured.set(name, NOTHING)
    const size = measureSet(fragment(name)?.selectionSet)
    measured.set(name, size)
    return size
  }
  return measureSet
}

function sizeOfField(field: FieldNode, measureSet: (set: SelectionSetNode | undefined) => Size): Size {
  const name = field.name.value
  const inner = measureSet(field.selectionSet)
  const isIntrospection = name === '__schema' || name === '__type'
  return {
    maxDepth: isIntrospection ? 1 : inner.maxDepth + 1,
    maxFields: inner.maxFields + 1,
    maxAliases: inner.maxAliases + (field.alias === undefined ? 0 : 1),
    maxReads: READS[name] ?? 1,
  }
}

function add(left: Size, right: Size): Size {
  return {
    maxDepth: Math.max(left.maxDepth, right.maxDepth),
    maxFields: left.maxFields + right.maxFields,
    maxAliases: left.maxAliases + right.maxAliases,
    maxReads: left.maxReads + right.maxReads,
  }
}
