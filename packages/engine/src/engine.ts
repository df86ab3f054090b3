import type {
  ArchiveRecord,
  RecordDetail,
  CountGroup,
  CountKey,
  ErrorCode,
  Message,
  MessageDetail,
  MessageField,
  MessageFilter,
  MessageProvider,
  MessageSort,
  RejectedRow,
  SourceWarning,
  TimeRange,
} from '@waybill/core'

/** A configured source: a provider under the id that the configuration gives it. */
export interface EngineSource {
  /** The id from the configuration. */
  readonly id: string
  readonly provider: MessageProvider
}

export type SourceErrorPolicy = 'FAIL' | 'PARTIAL'
export type SourceOutcome = 'OK' | 'PRUNED' | 'FAILED'
/**
 * Whether a source can yield all that was asked for; the gravest that holds, in this order.
 *
 * - `UNKNOWN`: it failed.
 * - `BUDGET_SPENT`: what one answer may cost is spent; go on with `endCursor`.
 * - `UNPROVEN`: what came contradicts itself or what the source declares, or could not be checked; `warnings` says what.
 * - `HAS_GAPS`: an archive with gaps within what was asked.
 * - `NOT_TOLD`: a clause asks for a field that the source does not tell, so that other messages may match.
 * - `WINDOW_LIMITED`: older messages exist or may exist, out of the upstream's reach.
 * - `MOVING_SORT`: rows may change place under this sort while one reads.
 * - `COMPLETE`: everything that matches.
 */
export type Completeness =
  | 'UNKNOWN'
  | 'BUDGET_SPENT'
  | 'UNPROVEN'
  | 'HAS_GAPS'
  | 'NOT_TOLD'
  | 'WINDOW_LIMITED'
  | 'MOVING_SORT'
  | 'COMPLETE'

/** One page of the connection. */
export interface MessagesQuery {
  readonly filter?: MessageFilter | undefined
  /** Default: `createdAt`, `desc`. */
  readonly sort?: MessageSort | undefined
  /** Case-insensitive substring of the text; null and the empty string search for nothing. */
  readonly search?: string | null | undefined
  /** 1…500; default 25. */
  readonly first?: number | undefined
  readonly after?: string | null | undefined
  /** Default `FAIL`. */
  readonly onSourceError?: SourceErrorPolicy | undefined
  /** At least 1; counts the HTTP requests of the whole answer, all sources together. */
  readonly maxUpstreamRequests?: number | null | undefined
  /** The message fields that are wanted; null or absent: all. */
  readonly fields?: ReadonlySet<MessageField> | null | undefined
  /** Whether `totalCount` is wanted (it may cost requests). Default false. */
  readonly totalCount?: boolean | undefined
  /** Whether `reports` are wanted; without them, what is missing from a history is not looked up. Default true. */
  readonly reports?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** What may be sent upstream beside this query's own `maxUpstreamRequests`. Default: everything. */
  readonly allowance?: RequestAllowance | undefined
}

/** Upstream requests that several answers and lookups may send together: those of one operation, or of one caller. */
export interface RequestAllowance {
  /** Whether none may be sent any more. A list then ends early, as with `maxUpstreamRequests`. */
  readonly isSpent: boolean
  /** Called before each HTTP request. */
  spend(): void
}

/** A message and the source that it came from. */
export interface SourcedMessage {
  readonly source: string
  readonly message: Message
}

/** A row that cannot be read, and the source that it came from. */
export interface SourcedRejection {
  readonly source: string
  readonly row: RejectedRow
}

export interface MessagePageEdge extends SourcedMessage {
  /** Made when it is read; reading it is not free. A copy by spread (`{ ...edge }`) does not have it. */
  readonly cursor: string
}

export interface SourceReportError {
  readonly code: ErrorCode
  readonly message: string
  readonly retryAfterSeconds: number | null
}

/** What one source contributed to an answer, and what it could not. */
export interface SourceReport {
  readonly source: string
  readonly outcome: SourceOutcome
  /** The gravest of `holds`. */
  readonly completeness: Completeness
  /** Everything that makes the answer incomplete, the gravest first; empty where nothing does. */
  readonly holds: readonly Completeness[]
  /** What is wrong with what was listed; empty where nothing is. */
  readonly warnings: readonly SourceWarning[]
  /** Milliseconds since the epoch. */
  readonly reachesBackTo: number | null
  /** Where messages are missing or may be, within what was asked, oldest first. */
  readonly gaps: readonly TimeRange[]
  readonly pushedDown: readonly string[]
  readonly evaluatedLocally: readonly string[]
  readonly upstreamRequests: number
  /** Only where the outcome is FAILED. */
  readonly error: SourceReportError | null
}

export interface MessagePage {
  readonly edges: readonly MessagePageEdge[]
  /** Rows that cannot be read and were met while this page was read; the next page may meet some of them again. */
  readonly rejected: readonly SourcedRejection[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    /** Where to go on; also set on a page without edges that ended early. */
    readonly endCursor: string | null
  }
  /** Null where no exact figure can be had, or none was asked for. */
  readonly totalCount: number | null
  /** One for each configured source, in the order of the configuration; none where they were not wanted. */
  readonly reports: readonly SourceReport[]
}

/** All messages that match, from a cursor on. */
export interface TraversalQuery extends Omit<MessagesQuery, 'maxUpstreamRequests'> {
  /** 1…500: how many messages a page has. Default 500. A piece that is streamed has a few dozen. */
  readonly first?: number | undefined
  /** How much is wanted of what archives store beside the messages. Default `none`. */
  readonly records?: RecordDetail | undefined
}

/** Some messages of a traversal, in its order. */
export interface TraversalPiece {
  readonly messages: readonly SourcedMessage[]
  /**
   * What is stored beside each message, in the order of `messages`; null unless the sources gave it along with them, so
   * that it has to be looked up.
   */
  readonly records: readonly ArchiveRecord[] | null
  /** Where to go on after these messages; null at the end. It is made when it is asked for. */
  cursor(): string | null
  /** Whether the next piece is at hand, so that nothing has to be waited for. */
  readonly isContinued: boolean
  /** Of the whole list: null where no exact figure can be had, or none was asked for. */
  readonly totalCount: number | null
  /** As they were known when the last page was read; those of the last piece are of the end. */
  readonly reports: readonly SourceReport[]
}

/** What messages can be grouped by. */
export type MessageCountKey = CountKey | 'SOURCE'

/** How many messages match, in groups. */
export interface CountsQuery extends Pick<
  MessagesQuery,
  'filter' | 'search' | 'onSourceError' | 'maxUpstreamRequests' | 'signal' | 'allowance'
> {
  /** Default: `STATUS`. None: one group of all that match. `HOUR` beside `DAY` is as `HOUR` alone. */
  readonly by?: readonly MessageCountKey[] | undefined
  /** The IANA zone whose days and hours are meant, such as `Europe/Berlin`. Default: `UTC`. */
  readonly timeZone?: string | undefined
}

/** The messages that agree in every key that was asked for. What was not asked for is null. */
export interface MessageCountGroup extends CountGroup {
  readonly source: string | null
}

/** Messages in groups, and what the sources contributed. */
export interface MessageCounts {
  /** What the groups add up to. */
  readonly total: number
  /**
   * Those of at least one message, in the order of the keys: periods by time, sources as in the configuration, enums in
   * their order, codes by text, null last.
   */
  readonly groups: readonly MessageCountGroup[]
  /**
   * One for each configured source, in the order of the configuration. Where a budget was spent, what was counted until
   * then is in the groups; a source that failed is in none.
   */
  readonly reports: readonly SourceReport[]
}

/** Answers queries over all sources. Safe to share between requests. */
export interface Engine {
  readonly sources: readonly EngineSource[]
  /**
   * @throws WaybillError INVALID_FILTER, INVALID_CURSOR, BAD_USER_INPUT or UNSUPPORTED_SORT for what the caller gave;
   *   UpstreamError for the first failed source under the policy FAIL; the signal's reason when it is aborted.
   */
  messages(query: MessagesQuery): Promise<MessagePage>
  /**
   * The same messages to the end, for whoever wants all of them: nothing that is at hand is read twice or kept. Where
   * every source can stream, pieces are large and cost little beside their messages; else each is a page.
   *
   * @throws as `messages`, when the next piece is asked for; the cursor of the piece before is where to go on
   */
  traverse(query: TraversalQuery): AsyncGenerator<TraversalPiece, void>
  /**
   * Counts without listing. A source that can count is asked to; every other one is read to its end.
   *
   * @throws WaybillError INVALID_FILTER, BAD_USER_INPUT, or QUERY_TOO_EXPENSIVE for more than 100,000 groups;
   *   UpstreamError for the first failed source under the policy FAIL; the signal's reason when it is aborted.
   */
  counts(query: CountsQuery): Promise<MessageCounts>
  /** One message by source and upstream id; null when either is unknown. */
  message(source: string, upstreamId: string, signal?: AbortSignal): Promise<Message | null>
  /** What only a request for a single message reveals; null if source or message is unknown, or has no details. */
  detail(source: string, upstreamId: string, signal?: AbortSignal): Promise<MessageDetail | null>
  /**
   * The same two for everything that one operation looks up: no message is requested twice. Once the allowance is spent,
   * they reject with WaybillError QUERY_TOO_EXPENSIVE instead of sending a request.
   */
  lookups(signal?: AbortSignal, allowance?: RequestAllowance): MessageLookups
  /** The same engine over those of its sources whose ids are given. Pages and requests are shared with it. */
  restrictedTo(ids: ReadonlySet<string>): Engine
}

/** Reads single messages for one operation. What was requested for one of the two methods serves both. */
export interface MessageLookups {
  /** Whether the detail of this message costs a request: none was sent for it yet, and its source answers such. */
  needsRequest(source: string, upstreamId: string): boolean
  message(source: string, upstreamId: string): Promise<Message | null>
  detail(source: string, upstreamId: string): Promise<MessageDetail | null>
}
