import { type MessageSort, WaybillError } from '@waybill/core'
import type { SourceErrorPolicy } from '@waybill/engine'
import type { GraphQLResolveInfo } from 'graphql'
import { loadRecords } from './archived-record.js'
import { builder } from './builder.js'
import type { OperationContext } from './context.js'
import { filterClauses } from './filter-clauses.js'
import { type MessageConnection, MessageConnectionType } from './message-connection.js'
import { type MessageFilterArgument, MessageFilterInput } from './message-filter.js'
import { MessageSortInput } from './message-sort.js'
import { neededFields } from './needed-fields.js'
import { createRequestBudget, type RequestBudget } from './request-budget.js'
import { SourceErrorPolicyType } from './source-error-policy.js'

const LARGEST_PAGE = 500

interface MessagesArguments {
  readonly filter?: MessageFilterArgument | null | undefined
  readonly sort?: MessageSort | null | undefined
  readonly search?: string | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly onSourceError: SourceErrorPolicy
  readonly maxUpstreamRequests?: number | null | undefined
}

/** Declares `Query.messages`. */
export function declareMessagesField(): void {
  builder.queryField('messages', (t) =>
    t.field({
      type: MessageConnectionType,
      description: 'The messages of all sources in one list, newest first unless sorted otherwise.',
      args: {
        filter: t.arg({ type: MessageFilterInput, description: 'Which messages are wanted; default: all.' }),
        sort: t.arg({ type: MessageSortInput, description: 'Their order; default: newest first.' }),
        search: t.arg.string({
          description:
            'Text that the message holds, letter case aside. `%` and `_` are ordinary characters; empty: no search.',
        }),
        first: t.arg.int({
          defaultValue: 25,
          description: `How many messages the page holds at most: 1 to ${LARGEST_PAGE}.`,
        }),
        after: t.arg.string({
          description:
            'A cursor of an earlier page of the same filter, sort and search: the page begins behind it.',
        }),
        onSourceError: t.arg({
          type: SourceErrorPolicyType,
          required: true,
          defaultValue: 'FAIL',
          description: 'What becomes of the answer when a source cannot be read.',
        }),
        maxUpstreamRequests: t.arg.int({
          description:
            'How many upstream requests the answer may cost, all sources together; at least 1. ' +
            'When they are spent the page ends early, with a cursor to go on from.',
        }),
      },
      resolve: (_, args, context, info) => resolveMessages(args, context, info),
    }),
  )
}

async function resolveMessages(
  args: MessagesArguments,
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<MessageConnection> {
  const { first, maxUpstreamRequests, sort } = args
  checkRange('first', first, LARGEST_PAGE)
  checkRange('maxUpstreamRequests', maxUpstreamRequests, Number.POSITIVE_INFINITY)
  const { records, ...needed } = neededFields(info)
  const { engine, signal } = context
  const page = await engine.messages({
    filter: filterClauses(args.filter, context.phones),
    sort: sort ?? undefined,
    search: args.search,
    first: first ?? undefined,
    after: args.after,
    onSourceError: args.onSourceError,
    maxUpstreamRequests,
    ...needed,
    signal,
  })
  if (records) await loadRecords(page.edges, context)
  const spent = page.reports.reduce((sum, report) => sum + report.upstreamRequests, 0)
  return { page, budget: budgetFor(maxUpstreamRequests, spent) }
}

function checkRange(name: string, value: number | null | undefined, most: number): void {
  if (value === null || value === undefined || (value >= 1 && value <= most)) return
  const range = most === Number.POSITIVE_INFINITY ? 'at least 1' : `between 1 and ${most}`
  throw new WaybillError('BAD_USER_INPUT', `\`${name}\` must be ${range}, not ${value}.`)
}

function budgetFor(limit: number | null | undefined, spent: number): RequestBudget | undefined {
  return limit === null || limit === undefined ? undefined : createRequestBudget(limit - spent)
}
