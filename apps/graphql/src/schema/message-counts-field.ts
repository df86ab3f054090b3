import type { CountsQuery, MessageCountGroup, MessageCountKey, MessageCounts } from '@waybill/engine'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { configuredSourceOf, type OperationContext } from './context.js'
import type { CostExtensions } from './costs.js'
import { filterClauses } from './filter-clauses.js'
import { MessageDirectionType, MessageStatusType, MessageTypeType } from './message-enums.js'
import { type MessageFilterArgument, MessageFilterInput } from './message-filter.js'
import { checkRange, SourceErrorPolicyType } from './messages-field.js'
import { SourceReportType } from './source-report.js'
import { SourceType } from './source.js'

interface CountsArguments extends Pick<
  CountsQuery,
  'search' | 'onSourceError' | 'maxUpstreamRequests' | 'timeZone' | 'by'
> {
  readonly filter?: MessageFilterArgument | null | undefined
}

/** Declares `Query.messageCounts`. */
export function declareMessageCountsField(): void {
  builder.queryField('messageCounts', (t) =>
    t.field({
      type: MessageCountsType,
      description:
        'How many messages match, in groups. An archive counts by itself; a source that is read live is read to its end.',
      args: {
        filter: t.arg({ type: MessageFilterInput, description: 'Which messages are counted; default: all.' }),
        search: t.arg.string({
          description: 'Text that the message contains; case does not matter. Empty means no search.',
        }),
        by: t.arg({
          type: [MessageCountKeyType],
          required: true,
          defaultValue: ['STATUS'],
          description:
            'What messages of one group have in common, and the order of the groups. An empty list counts all together.',
        }),
        timeZone: t.arg.string({
          required: true,
          defaultValue: 'UTC',
          description: 'The IANA time zone whose days and hours are counted, such as `Europe/Berlin`.',
        }),
        onSourceError: t.arg({
          type: SourceErrorPolicyType,
          required: true,
          defaultValue: 'FAIL',
          description:
            'What happens when a source cannot be read. With PARTIAL, it is left out of the counts.',
        }),
        maxUpstreamRequests: t.arg.int({
          description:
            'How many upstream requests the answer may cost, all sources together; at least 1. ' +
            'When they are spent, what was counted until then is returned, and `sources` says so.',
        }),
      },
      resolve: (_, args, context) => resolveCounts(args, context),
    }),
  )
}

async function resolveCounts(args: CountsArguments, context: OperationContext): Promise<MessageCounts> {
  const { by, maxUpstreamRequests, onSourceError, search, timeZone } = args
  checkRange('maxUpstreamRequests', maxUpstreamRequests, Number.POSITIVE_INFINITY)
  const { engine, phones, signal, allowance } = context
  return engine.counts({
    filter: filterClauses(args.filter, phones),
    search,
    by,
    timeZone,
    onSourceError,
    maxUpstreamRequests,
    signal,
    allowance,
  })
}

const MessageCountKeyType: EnumType<MessageCountKey> = builder.enumType('MessageCountKey', {
  description: 'What messages can be grouped by.',
  values: {
    DAY: { description: 'The day in `timeZone`.' },
    HOUR: {
      description:
        'The hour in `timeZone`. An hour that the clocks show twice counts as two. DAY has no effect beside HOUR.',
    },
    SOURCE: { description: 'The source.' },
    STATUS: { description: 'The status.' },
    TYPE: { description: 'The type.' },
    DIRECTION: { description: 'The direction.' },
    FAILURE_CODE: { description: "The upstream's code for why a message failed." },
  },
})

const MessageCountGroupType: ObjectType<MessageCountGroup> = builder
  .objectRef<MessageCountGroup>('MessageCountGroup')
  .implement({
    description:
      'The messages that have all keys in common. A key is null if it was not requested, or if the messages do not have it.',
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'How many they are, at least 1.' }),
      period: t.expose('period', {
        type: 'DateTime',
        nullable: true,
        description: 'Where the local day or hour begins.',
      }),
      source: t.field({
        type: SourceType,
        nullable: true,
        description: 'The source.',
        resolve: ({ source }, _, { sources }) =>
          source === null ? null : configuredSourceOf(sources, source),
      }),
      status: t.expose('status', { type: MessageStatusType, nullable: true, description: 'The status.' }),
      type: t.expose('type', { type: MessageTypeType, nullable: true, description: 'The type.' }),
      direction: t.expose('direction', {
        type: MessageDirectionType,
        nullable: true,
        description: 'The direction.',
      }),
      failureCode: t.exposeString('failureCode', {
        nullable: true,
        description: "The upstream's code for why they failed.",
      }),
    }),
  })

const MessageCountsType: ObjectType<MessageCounts> = builder
  .objectRef<MessageCounts>('MessageCounts')
  .implement({
    description: 'Messages counted in groups.',
    fields: (t) => ({
      total: t.exposeInt('total', { description: 'How many match in all: what the groups add up to.' }),
      groups: t.expose('groups', {
        type: [MessageCountGroupType],
        description: 'The groups that have messages, in the order of `by`: periods by time, null last.',
      }),
      sources: t.expose('reports', {
        type: [SourceReportType],
        extensions: { costs: { length: 'sources' } satisfies CostExtensions },
        description:
          'What each configured source contributed, and what it could not: read it before the figures.',
      }),
    }),
  })
