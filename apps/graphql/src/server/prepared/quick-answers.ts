import type { MessagePage } from '@waybill/engine'
import type { DocumentsMode, ServerLimits } from '@waybill/runtime'
import { getVariableValues, type VariableValues } from 'graphql'
import { type MessagesArguments, readMessages } from '../../schema/messages-field.js'
import { schema } from '../../schema/schema.js'
import { checkParameters } from '../check-parameters.js'
import { checkVariables } from '../check-variables.js'
import type { Exchange } from '../exchange.js'
import type { Admission } from '../limits/admission.js'
import { describeCost, spendCost } from '../limits/cost-budget.js'
import { measureCost } from '../limits/query-cost.js'
import type { Metrics } from '../metrics.js'
import type { BoundedContext, ContextOf } from '../operation-context.js'
import { DOCUMENT_ID } from '../persisted-documents.js'
import { inOperationSpan } from '../request-trace.js'
import { NotPlain } from './compile-selection.js'
import type { Documents, KnownDocument, KnownOperation } from './documents.js'
import type { PreparedList } from './prepared-operation.js'

/** What became of a request: the text of its answer, or how far it came before it was left to Yoga. */
export type QuickAnswer =
  | { readonly text: string }
  /** `begun` is null where nothing was begun. */
  | { readonly text: null; readonly begun: BoundedContext | null }

export interface QuickAnswersOptions {
  readonly documents: Documents
  readonly contextOf: ContextOf
  readonly admission: Admission
  readonly limits: ServerLimits
  readonly metrics: Metrics
  readonly mode: DocumentsMode
  /** The text of each persisted document by its id. */
  readonly persisted: ReadonlyMap<string, string>
}

/** Answers the body of a POST in JSON without Yoga, where it can. Never rejects. */
export type AnswerQuickly = (body: string, exchange: Exchange) => Promise<QuickAnswer>

/**
 * Answers what clients send most: a document that was found valid before, which asks for lists of messages. It has the same limits
 * and resolvers as any other, and every answer with an error is left to Yoga: what was read until then goes along.
 */
export function createQuickAnswers(options: QuickAnswersOptions): AnswerQuickly {
  const { documents, contextOf, admission, limits, metrics, mode, persisted } = options
  const costOf = createCostOf()
  return async (body, exchange) => {
    const request = readRequest(body)
    const text = request && textOf(request, mode, persisted)
    const known = text === null ? null : documents.find(text)
    const operation = known?.operation(request?.operationName)
    const lists = operation?.lists
    if (!request || !known || !operation || !lists) return LEFT
    const args = argumentsOf(lists, operation, request.variables)
    if (args === null) return LEFT
    const context = contextOf({ exchange })
    const cost = costOf(operation, known, request.variables, context.sources.size)
    exchange.operation = { name: operation.operation.name?.value, hash: known.hash, cost }
    if (spendCost(cost, limits, admission.cost, exchange.callerKey) !== null) return LEFT
    const pages = new Map<string, Promise<MessagePage>>()
    try {
      const read = await inOperationSpan(exchange.operation, () =>
        context.guard.run(() => {
          for (const [index, { name, selection }] of lists.entries())
            pages.set(name, readMessages(args[index] as MessagesArguments, context, selection))
          return Promise.all(pages.values())
        }),
      )
      const data: Record<string, unknown> = {}
      for (const [index, { name, write }] of lists.entries())
        data[name] = write(read[index] as MessagePage, context)
      const extensions = { cost: describeCost(cost, limits, admission.cost, exchange.callerKey) }
      const answer = JSON.stringify({ data, extensions })
      if (answer.length * COUNTED_PER_CHARACTER > limits.maxAnswerBytes) throw new NotPlain()
      metrics.operation({
        outcome: exchange.signal.aborted ? 'CLIENT_GONE' : 'OK',
        name: exchange.operation.name,
        durationMs: performance.now() - exchange.startedAt,
      })
      return { text: answer }
    } catch (error) {
      if (error instanceof NotPlain) operation.giveUp()
      return { text: null, begun: { ...context, pages } }
    }
  }
}

const LEFT: QuickAnswer = { text: null, begun: null }

/** The bytes that are counted for a value are at most so many for each character that it has in the answer, its name among them. */
const COUNTED_PER_CHARACTER = 5

/** A request with nothing in it but what is answered here. */
interface QuickRequest {
  readonly query: string | undefined
  readonly documentId: string | undefined
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

const MEMBERS: ReadonlySet<string> = new Set(['query', DOCUMENT_ID, 'operationName', 'variables'])

function readRequest(body: string): QuickRequest | null {
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
  { query, documentId }: QuickRequest,
  mode: DocumentsMode,
  persisted: ReadonlyMap<string, string>,
): string | null {
  if (query !== undefined) return documentId === undefined && mode !== 'only' ? query : null
  return documentId === undefined || mode === 'off' ? null : (persisted.get(documentId) ?? null)
}

/** The arguments of each list; null where the variables have something wrong. */
function argumentsOf(
  lists: readonly PreparedList[],
  { operation: { variableDefinitions = [] } }: KnownOperation,
  given: Readonly<Record<string, unknown>>,
): readonly MessagesArguments[] | null {
  if (checkVariables(given) !== null) return null
  const variables =
    variableDefinitions.length === 0
      ? NO_VARIABLES
      : getVariableValues(schema, variableDefinitions, given).variableValues
  if (variables === undefined) return null
  try {
    return lists.map((list) => list.argumentsOf(variables))
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
