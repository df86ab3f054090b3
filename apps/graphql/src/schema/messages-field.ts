import { type MessageSort, WaybillError } from '@waybill/core'
import type { MessagePage, SourceErrorPolicy } from '@waybill/engine'
import { loadRecords } from './archived-record.js'
import { builder, type EnumType } from './builder.js'
import type { OperationContext } from './context.js'
import type { CostExtensions, CountRequests } from './costs.js'
import { allowsSource, filterClauses } from './filter-clauses.js'
import { MessageConnectionType } from './message-connection.js'
import { type MessageFilterArgument, MessageFilterInput } from './message-filter.js'
import { MessageSortInput } from './message-sort.js'
import { type MessageSelection, selectionOf } from './selection.js'

const USUAL_PAGE = 25
const LARGEST_PAGE = 500

/** The arguments of `messages`, checked by GraphQL. */
export interface MessagesArguments {
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
        filter: t.arg({ type: MessageFilterInput, description: 'Which messages to list; default: all.' }),
        sort: t.arg({ type: MessageSortInput, description: 'Their order; default: newest first.' }),
        search: t.arg.string({
          description:
            'Text that the message contains; case does not matter. `%` and `_` are ordinary characters. Empty means no search.',
        }),
        first: t.arg.int({
          defaultValue: USUAL_PAGE,
          description: `How many messages the page holds at most: 1 to ${LARGEST_PAGE}.`,
        }),
        after: t.arg.string({
          description:
            'A cursor of an earlier page with the same filter, sort and search: continue after that message.',
        }),
        onSourceError: t.arg({
          type: SourceErrorPolicyType,
          required: true,
          defaultValue: 'FAIL',
          description: 'What happens when a source cannot be read.',
        }),
        maxUpstreamRequests: t.arg.int({
          description:
            'How many upstream requests the answer may cost, all sources together; at least 1. ' +
            'When they are spent, the page ends early, with a cursor to continue from.',
        }),
      },
      resolve: (_, args, context, info) =>
        context.pages?.get(info.path.key) ?? readMessages(args, context, selectionOf(info.fieldNodes, info)),
      extensions: {
        costs: {
          page: { argument: 'first', usual: USUAL_PAGE, most: LARGEST_PAGE },
        } satisfies CostExtensions,
        requests: countDetails,
      },
    }),
  )
}

/** Each message of a live source costs a request for its detail. Those of an archive may have theirs stored. */
const countDetails: CountRequests<MessagesArguments> = (
  { filter, first, maxUpstreamRequests },
  { node, info, live },
) => {
  if (!selectionOf([node], info).details) return 0
  const clauses = filterClauses({ source: filter?.source })
  if (![...live].some((source) => allowsSource(clauses, source))) return 0
  return Math.min(first ?? USUAL_PAGE, maxUpstreamRequests ?? Number.POSITIVE_INFINITY)
}

/**
 * Reads a page of `messages`.
 * @throws WaybillError, as the engine does, and BAD_USER_INPUT for numbers out of their range
 */
export async function readMessages(
  args: MessagesArguments,
  context: OperationContext,
  { records, details, ...needed }: MessageSelection,
): Promise<MessagePage> {
  const { first, maxUpstreamRequests, sort } = args
  checkRange('first', first, LARGEST_PAGE)
  checkRange('maxUpstreamRequests', maxUpstreamRequests, Number.POSITIVE_INFINITY)
  const { engine, loaders, signal, allowance, turn } = context
  const isBudgeted = maxUpstreamRequests !== null && maxUpstreamRequests !== undefined
  const page = await engine.messages({
    filter: filterClauses(args.filter, context.phones),
    sort: sort ?? undefined,
    search: args.search,
    first: first ?? undefined,
    after: args.after,
    onSourceError: args.onSourceError,
    maxUpstreamRequests,
    ...needed,
    reports: needed.reports || (isBudgeted && details),
    signal,
    allowance,
  })
  await turn()
  if (records) await loadRecords(page.edges, context)
  if (isBudgeted && details) {
    const spent = page.reports.reduce((sum, report) => sum + report.upstreamRequests, 0)
    loaders.limitDetails(page.edges, maxUpstreamRequests - spent)
  }
  return page
}

export function checkRange(name: string, value: number | null | undefined, most: number): void {
  if (value === null || value === undefined || (value >= 1 && value <= most)) return
  const range = most === Number.POSITIVE_INFINITY ? 'at least 1' : `between 1 and ${most}`
  throw new WaybillError('BAD_USER_INPUT', `\`${name}\` must be ${range}, not ${value}.`)
}

export const SourceErrorPolicyType: EnumType<SourceErrorPolicy> = builder.enumType('SourceErrorPolicy', {
  description: 'What happens when a source cannot be read.',
  values: {
    FAIL: { description: 'One failed source fails the answer.' },
    PARTIAL: { description: 'The other sources answer; `sources` has the failed one and its error.' },
  },
})
