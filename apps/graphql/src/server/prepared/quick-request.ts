import type { DocumentsMode } from '@waybill/runtime'
import { getVariableValues, type VariableValues } from 'graphql'
import type { MessagesArguments } from '../../schema/messages-field.js'
import { schema } from '../../schema/schema.js'
import { checkParameters } from '../check-parameters.js'
import { checkVariables } from '../check-variables.js'
import { measureCost } from '../limits/query-cost.js'
import { DOCUMENT_ID } from '../persisted-documents.js'
import type { Documents, KnownDocument, KnownOperation } from './documents.js'
import type { PreparedList } from './prepared-operation.js'

/** A list that a request asks for, and with which arguments. */
export interface RequestedList extends PreparedList {
  readonly args: MessagesArguments
}

/** A request for lists of messages and nothing else, whose document was found valid before. */
export interface QuickRequest {
  readonly operation: KnownOperation
  /** Of the document. */
  readonly hash: string
  readonly lists: readonly RequestedList[]
  /** What it costs a caller who has so many sources. */
  cost(sources: number): number
}

export interface QuickRequestOptions {
  readonly documents: Documents
  readonly mode: DocumentsMode
  /** The text of each persisted document by its id. */
  readonly persisted: ReadonlyMap<string, string>
}

/** Reads the body of a POST; null for one that has to be answered by GraphQL's own execution, errors among them. */
export type ReadQuickRequest = (body: string) => QuickRequest | null

export function createReadQuickRequest({
  documents,
  mode,
  persisted,
}: QuickRequestOptions): ReadQuickRequest {
  const costOf = createCostOf()
  return (body) => {
    const given = readParameters(body)
    const text = given && textOf(given, mode, persisted)
    const known = text === null ? null : documents.find(text)
    const operation = known?.operation(given?.operationName)
    const lists = given && operation && requestedLists(operation, given.variables)
    if (!given || !known || !operation || !lists) return null
    return {
      operation,
      hash: known.hash,
      lists,
      cost: (sources) => costOf(operation, known, given.variables, sources),
    }
  }
}

/** Parameters with nothing among them but what is answered here. */
interface Parameters {
  readonly query: string | undefined
  readonly documentId: string | undefined
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

const MEMBERS: ReadonlySet<string> = new Set(['query', DOCUMENT_ID, 'operationName', 'variables'])

function readParameters(body: string): Parameters | null {
  const given = parse(body)
  if (!isObject(given) || !Object.keys(given).every((name) => MEMBERS.has(name))) return null
  const { query, [DOCUMENT_ID]: documentId, operationName, variables } = given
  if (!isTextOrAbsent(query) || !isTextOrAbsent(documentId) || !areInForm(given)) return null
  if (operationName !== null && !isTextOrAbsent(operationName)) return null
  if (variables !== undefined && variables !== null && !isObject(variables)) return null
  return {
    query,
    documentId,
    // GraphQL over HTTP treats an empty name as absent.
    operationName: operationName === '' ? undefined : (operationName ?? undefined),
    variables: variables ?? {},
  }
}

function areInForm(parameters: object): boolean {
  try {
    checkParameters(parameters)
    return true
  } catch {
    return false
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of the document; null where the request names it otherwise than is allowed. */
function textOf(
  { query, documentId }: Parameters,
  mode: DocumentsMode,
  persisted: ReadonlyMap<string, string>,
): string | null {
  if (query !== undefined) return documentId === undefined && mode !== 'only' ? query : null
  return documentId === undefined || mode === 'off' ? null : (persisted.get(documentId) ?? null)
}

/** The lists with their arguments; null where GraphQL has to execute them, or the variables have something wrong. */
function requestedLists(
  { lists, operation: { variableDefinitions = [] } }: KnownOperation,
  given: Readonly<Record<string, unknown>>,
): readonly RequestedList[] | null {
  if (lists === null || checkVariables(given) !== null) return null
  const variables =
    variableDefinitions.length === 0
      ? NO_VARIABLES
      : getVariableValues(schema, variableDefinitions, given).variableValues
  if (variables === undefined) return null
  try {
    return lists.map((list) => ({ ...list, args: list.argumentsOf(variables) }))
  } catch {
    return null
  }
}

const NO_VARIABLES: VariableValues = { sources: {}, coerced: {} }

type CostOf = (
  operation: KnownOperation,
  known: KnownDocument,
  variables: Readonly<Record<string, unknown>>,
  sources: number,
) => number

/** Measures what operations cost. That of one without variables is kept. */
function createCostOf(): CostOf {
  const kept = new WeakMap<KnownOperation, Map<number, number>>()
  return (operation, { fragments }, variables, sources) => {
    const measure = (): number =>
      measureCost({ schema, operation: operation.operation, fragments, variables, sources })
    if ((operation.operation.variableDefinitions?.length ?? 0) > 0) return measure()
    const bySources = kept.get(operation) ?? new Map<number, number>()
    kept.set(operation, bySources)
    const cost = bySources.get(sources) ?? measure()
    bySources.set(sources, cost)
    return cost
  }
}
