import type { ArchiveEvent, ArchiveEventKind, EventPosition } from '@waybill/archive'
import { matchesFilter, type MessageFilter, WaybillError } from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'
import { TimeRangeType } from './archive-status.js'
import { configuredSourceOf, type OperationContext } from './context.js'
import { allowsSource, filterClauses } from './filter-clauses.js'
import { MessageObject } from './message.js'
import { type MessageFilterArgument, MessageFilterInput } from './message-filter.js'
import { SourceType } from './source.js'

interface MessageEventShape extends ArchiveEvent {
  readonly id: string
}

const MessageEventKindType: EnumType<ArchiveEventKind> = builder.enumType('MessageEventKind', {
  description: 'What happened.',
  values: {
    CREATED: { description: 'A message was stored that was not known before, however old it is.' },
    STATUS_CHANGED: { description: 'The status of a message changed.' },
    CHANGED: { description: 'Something else about a message changed.' },
    DELETED: { description: 'The upstream has deleted a message. It stays in the archive.' },
    GAP_OPENED: { description: 'Messages of a span of time are missing or may be.' },
    GAP_CLOSED: { description: 'A gap was read again with certainty.' },
  },
})

const MessageEventType: ObjectType<MessageEventShape> = builder
  .objectRef<MessageEventShape>('MessageEvent')
  .implement({
    description: 'Something that happened to a message, or to the known gaps of a source.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Pass it as `after` to continue after this event.' }),
      kind: t.expose('kind', { type: MessageEventKindType, description: 'What happened.' }),
      at: t.expose('at', { type: 'DateTime', description: 'When the archive observed it.' }),
      source: t.field({
        type: SourceType,
        description: 'The source in which it happened.',
        resolve: ({ source }, _, { sources }) => configuredSourceOf(sources, source),
      }),
      message: t.field({
        type: MessageObject,
        nullable: true,
        description: 'The message in its present state; null for an event of a gap.',
        resolve: ({ source, message }, _, { show }) => message && { source, message: show(message) },
      }),
      range: t.expose('range', {
        type: TimeRangeType,
        nullable: true,
        description: 'The gap; null for an event of a message.',
      }),
    }),
  })

/** Declares `Subscription.messageEvents`. */
export function declareMessageEvents(): void {
  builder.subscriptionType({ description: 'All subscriptions: GraphQL over server-sent events.' })
  builder.subscriptionField('messageEvents', (t) =>
    t.field({
      type: MessageEventType,
      description:
        'What happens in the archive from now on, each event once, within a second. With `after`, it continues after that event, on any server of the same archive. The newest 100,000 events of a source are kept.',
      args: {
        filter: t.arg({
          type: MessageFilterInput,
          description:
            'Only messages that match in their present state. Events of gaps have to match only the clause on `source`.',
        }),
        after: t.arg.id({ description: 'The `id` of the last event seen; without it, only what is new.' }),
      },
      subscribe: (_, { filter, after }, context) => subscribe(filter, after ?? null, context),
      resolve: (event) => event,
    }),
  )
}

async function* subscribe(
  argument: MessageFilterArgument | null | undefined,
  after: string | null,
  context: OperationContext,
): AsyncGenerator<MessageEventShape, void, undefined> {
  const { archive, sources, positions, phones, checkFilter, closing } = context
  if (archive === null)
    throw new WaybillError(
      'BAD_USER_INPUT',
      'Only archived sources have events, and this server has no archive.',
    )
  const filter = filterClauses(argument, phones)
  checkFilter(filter)
  const expired = expirySignal(context.expiresAt)
  const events = archive.follow({
    sources: [...sources.keys()],
    after: after === null ? null : readPosition(positions.open(after)),
    signal: AbortSignal.any([context.signal, closing, expired]),
  })
  for await (const event of events)
    if (isWanted(event, filter)) yield { ...event, id: positions.seal(writePosition(event.position)) }
  if (expired.aborted)
    throw new WaybillError(
      'UNAUTHENTICATED',
      'The token has expired. Get a new one, and subscribe again with the id of the last event as `after`.',
    )
}

/** What a timer can wait for, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Aborted when a token ends. */
function expirySignal(expiresAt: number | null): AbortSignal {
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : Math.max(0, expiresAt - Date.now())
  return left > LONGEST_TIMER_MS ? new AbortController().signal : AbortSignal.timeout(left)
}

function isWanted({ source, message }: ArchiveEvent, filter: MessageFilter): boolean {
  return message === null ? allowsSource(filter, source) : matchesFilter(filter, message, source)
}

function writePosition(position: EventPosition): string {
  return JSON.stringify([...position])
}

// Only what this server wrote can be opened.
function readPosition(text: string): EventPosition {
  return new Map(JSON.parse(text) as [string, number][])
}
