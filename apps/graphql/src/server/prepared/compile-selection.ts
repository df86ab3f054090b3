import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionNode,
} from 'graphql'
import type { OperationContext } from '../../schema/context.js'
import { uncountedResolverOf } from '../../schema/count-answer.js'

/**
 * Makes of a resolved value what stands for it in the answer.
 * @throws NotPlain for a value that only the whole execution can answer
 */
export type Write = (value: unknown, context: OperationContext) => unknown

/** A value is a promise, an error, or not what the schema says: it is left to the whole execution of GraphQL. */
export class NotPlain extends Error {
  constructor() {
    super('This selection has to be executed by GraphQL')
    this.name = 'NotPlain'
  }
}

/** What selections are compiled against. */
export interface CompileOptions {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

type Resolver = (
  source: unknown,
  args: object,
  context: OperationContext,
  info: GraphQLResolveInfo,
) => unknown

/**
 * Compiles the selections below fields into a function that makes the answer without GraphQL's own execution: one that
 * waits for nothing, checks nothing that is known before, and makes no object but the answer's.
 *
 * @returns null for a selection that needs more: directives, arguments, or a type that is known at run time only
 */
export function compileField(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  options: CompileOptions,
): Write | null {
  if (isNonNullType(type)) {
    const write = compileField(type.ofType, nodes, options)
    return write && ((value, context) => present(write(value, context)))
  }
  if (isListType(type)) return compileList(type.ofType, nodes, options)
  if (isLeafType(type)) return compileLeaf(type)
  if (!isObjectType(type) || type.isTypeOf) return null
  const writeObject = compileObject(type, nodes, options)
  return (
    writeObject &&
    ((value, context) => (value === null || value === undefined ? null : writeObject(value, context)))
  )
}

function present(value: unknown): unknown {
  if (value === null) throw new NotPlain()
  return value
}

function compileList(
  item: GraphQLOutputType,
  nodes: readonly FieldNode[],
  options: CompileOptions,
): Write | null {
  const write = compileField(item, nodes, options)
  return (
    write &&
    ((value, context) => {
      if (value === null || value === undefined) return null
      if (!Array.isArray(value)) throw new NotPlain()
      return value.map((each) => write(each, context))
    })
  )
}

function compileLeaf(type: GraphQLLeafType): Write {
  // Most values are texts, and stay as they are.
  const isText = type.name === 'String' || type.name === 'ID'
  return (value) => {
    if (isText && typeof value === 'string') return value
    if (value === null || value === undefined) return null
    if (value instanceof Promise) throw new NotPlain()
    return coerced(type, value)
  }
}

function coerced(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return present(type.coerceOutputValue(value) ?? null)
  } catch {
    throw new NotPlain()
  }
}

function compileObject(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  options: CompileOptions,
): Write | null {
  const selected = new Map<string, FieldNode[]>()
  for (const { selectionSet } of nodes) {
    if (!collect(selectionSet?.selections ?? [], type, options, selected)) return null
  }
  const names: string[] = []
  const writers: Write[] = []
  for (const [name, [first, ...others]] of selected) {
    const write = first && compileMember(type, [first, ...others], options)
    // An answer's own name for a field must not change what the object is.
    if (!write || name === '__proto__') return null
    names.push(name)
    writers.push(write)
  }
  return (value, context) => {
    if (value instanceof Promise) throw new NotPlain()
    const answer: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) {
      answer[names[index] ?? ''] = writers[index]?.(value, context)
    }
    return answer
  }
}

/** What stands in the answer for a field of an object. */
function compileMember(
  type: GraphQLObjectType,
  nodes: readonly [FieldNode, ...FieldNode[]],
  options: CompileOptions,
): Write | null {
  const name = nodes[0].name.value
  if (name === '__typename') return () => type.name
  const field = type.getFields()[name]
  if (field === undefined || field.args.length > 0) return null
  const resolve = resolverOf(field)
  const write = resolve && compileField(field.type, nodes, options)
  if (resolve === null || write === null) return null
  return (source, context) => write(resolved(resolve, source, context), context)
}

function resolved(resolve: Resolver, source: unknown, context: OperationContext): unknown {
  try {
    return resolve(source, NO_ARGUMENTS, context, NO_INFO)
  } catch {
    throw new NotPlain()
  }
}

const NO_ARGUMENTS = {}
/** No resolver gets here that takes it: see {@link resolverOf}. */
const NO_INFO = {} as GraphQLResolveInfo

/** Null for one that looks at the query. */
function resolverOf(field: GraphQLField<unknown, OperationContext>): Resolver | null {
  const resolve = uncountedResolverOf(field)
  if (resolve !== defaultFieldResolver) return resolve.length > 3 ? null : resolve
  const { name } = field
  return (source) => {
    const value: unknown = (source as Readonly<Record<string, unknown>>)[name]
    if (typeof value === 'function') throw new NotPlain()
    return value
  }
}

/** Gathers fields by their names in the answer, in its order. @returns false where what is selected depends on variables */
function collect(
  selections: readonly SelectionNode[],
  type: GraphQLObjectType,
  options: CompileOptions,
  selected: Map<string, FieldNode[]>,
): boolean {
  for (const selection of selections) {
    if ((selection.directives?.length ?? 0) > 0) return false
    if (selection.kind === 'Field') {
      const name = (selection.alias ?? selection.name).value
      const known = selected.get(name)
      if (known === undefined) selected.set(name, [selection])
      else known.push(selection)
      continue
    }
    const fragment =
      selection.kind === 'FragmentSpread' ? options.fragments.get(selection.name.value) : selection
    if (fragment === undefined) return false
    const condition = fragment.typeCondition?.name.value
    if (!applies(condition, type, options.schema)) continue
    if (!collect(fragment.selectionSet.selections, type, options, selected)) return false
  }
  return true
}

function applies(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true
  const found = schema.getType(condition)
  return isAbstractType(found) && schema.isSubType(found, type)
}
