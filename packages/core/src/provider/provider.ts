import type { FilterClause, PartyField } from '../filter/clause.js'
import type { MessageSort } from '../filter/message-sort.js'
import type { Message, MessageDetail, MessageField } from '../message/message.js'
import type { TimeRange } from '../message/time.js'
import type { ProviderCapabilities } from './capabilities.js'
import type { ArchiveRecord } from './archive-record.js'
import type { CountRequest, CountResult } from './counts.js'
import type { SourceWarning } from './warning.js'

/** Which part of the list is wanted, in the terms of the provider's paging kind. */
export type PageRequest =
  | { readonly kind: 'window'; readonly limit: number }
  | { readonly kind: 'page'; readonly number: number; readonly size: number }
  | {
      readonly kind: 'cursor'
      /** A cursor of a list with the same filter, search and sort; INVALID_CURSOR for what cannot be one. */
      readonly after: string | null
      readonly limit: number
      /** Whether `total` is wanted in the result. Default false: counting may cost more than listing. */
      readonly total?: boolean | undefined
    }

/** One call of {@link MessageProvider.list}. It never asks for what the capabilities do not declare. */
export interface ListRequest {
  /** All must hold. Only fields and operators that the capabilities declare. */
  readonly filter: readonly FilterClause[]
  /** Text to search for; null for no search. */
  readonly search: string | null
  readonly sort: MessageSort
  /** The fields that are needed; null for all. The others may be null in the result. */
  readonly fields: ReadonlySet<MessageField> | null
  /** Whether `untold` is wanted in the result. Default true: false saves a database a query. */
  readonly untold?: boolean | undefined
  readonly page: PageRequest
}

/** What the upstream says about its pages; null where it does not tell. */
export interface PageReport {
  /** How many rows match in all. */
  readonly total: number | null
  /** The page size that was really served. */
  readonly pageSize: number | null
  /** Number of the last page. */
  readonly lastPage: number | null
  /** Whether the upstream says that another page follows (`next_page_url`, `links.next`, `has_more`). */
  readonly hasNextPage?: boolean | null
  /** Number of this page (`current_page`). */
  readonly number?: number | null
  /** The rows of the list that this page holds, counted from 1, the last one included (`from`, `to`). */
  readonly span?: { readonly from: number; readonly to: number } | null
}

/** A row that cannot be read. It is set aside, and stops no other row. */
export interface RejectedRow {
  /** Its place among all rows of the page, rejected ones included, counted from 0. */
  readonly position: number
  /** Null where the id cannot be read either. */
  readonly upstreamId: string | null
  /** What was expected and where; quotes no value. */
  readonly reason: string
  /** The upstream's own row, in the form of {@link Message.raw}. */
  readonly raw: unknown
}

export interface ListResult {
  /** The rows that could be read, in the upstream's order. */
  readonly messages: readonly Message[]
  /** The others. Absent: none. */
  readonly rejected?: readonly RejectedRow[] | undefined
  /** The filter, search and sort parameters that went upstream, each as `name=value` before percent-encoding. */
  readonly parameters: readonly string[]
  /** What the upstream says about its list. Paging kinds `page` and `window`. */
  readonly page?: PageReport
  /** Paging kind `cursor` only. */
  readonly cursor?: {
    /** A cursor after each message, in the order of `messages`. */
    readonly cursors: readonly string[]
    readonly hasNextPage: boolean
    /** How many rows match in all; null where it is not known or was not asked for. */
    readonly total: number | null
    /**
     * Fields that a clause asks for and that some messages lack which satisfy everything else, so that they may match.
     * Absent: none, or not asked for.
     */
    readonly untold?: readonly PartyField[] | undefined
  }
}

/** One call of {@link MessageProvider.stream}. It never asks for what the capabilities do not declare. */
export interface StreamRequest extends Omit<ListRequest, 'page' | 'untold'> {
  /** A cursor of `list`, or of an earlier stream, with the same filter, search and sort; null for the beginning. */
  readonly after: string | null
  /** The most messages that a piece may have, at least 1. */
  readonly size: number
  /** How much of `records` is wanted. */
  readonly records: RecordDetail
}

/** How much is wanted of what is stored beside messages. `current`: without the histories, which are empty then. */
export type RecordDetail = 'none' | 'current' | 'whole'

/** A piece of a list that is read to its end. */
export interface ListPiece {
  readonly messages: readonly Message[]
  /** What is stored of each message beside the message, in the order of `messages`; null unless it was asked for. */
  readonly records: readonly ArchiveRecord[] | null
  /** Whether another piece is at hand, so that nothing has to be waited for. Absent: it may take a while, or this was the last. */
  readonly isContinued?: boolean | undefined
  /** The cursor that `list` gives after the message at this position. */
  cursorAt(position: number): string
}

/** What is known to be missing from the lists of a source. */
export interface HistoryReport {
  /** Nothing older can be had, in milliseconds since the epoch; null where there is no such bound. */
  readonly reachesBackTo: number | null
  /** Where messages are missing or may be, later than that, oldest first. */
  readonly gaps: readonly TimeRange[]
  /** What else is wrong with it. Absent: nothing. */
  readonly warnings?: readonly SourceWarning[] | undefined
}

/** One message asked for by id. */
export interface SingleMessage {
  /** Null where the upstream knows the id but does not tell enough to make a message of it (no time). */
  readonly message: Message | null
  /** Where `message` is null: the fields that were told nevertheless, for those who have the rest from a list. */
  readonly fields?: Partial<Message> | undefined
  readonly detail: MessageDetail
}

/** What a caller hands to one call. */
export interface CallOptions {
  /** Cancels the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /**
   * Called right before every HTTP request that goes upstream, retries included.
   * When it throws, nothing is sent and the call rejects with that very error.
   */
  readonly beforeAttempt?: (() => void) | undefined
  /** Whether it is made by the sync of an archive, for which {@link ProviderContext.syncShare} is kept free. Default false. */
  readonly isSync?: boolean | undefined
}

/**
 * One upstream endpoint. It translates and validates; it never pages, merges, caches or filters by itself.
 * Whatever goes wrong upstream is thrown as an `UpstreamError`; an archive that fails, as ARCHIVE_UNAVAILABLE.
 */
export interface MessageProvider {
  /** The provider's package name. */
  readonly name: string
  readonly capabilities: ProviderCapabilities
  list(request: ListRequest, call?: CallOptions): Promise<ListResult>
  /**
   * The rows of `list` from a cursor to the end, in large pieces. Exists only where the source has them at hand, so that
   * nothing is sent upstream; its paging kind is `cursor`.
   */
  stream?(request: StreamRequest, call?: CallOptions): AsyncGenerator<ListPiece, void>
  /** One message by its upstream id; null when it does not exist. Absent where the upstream has no such endpoint. */
  get?(upstreamId: string, call?: CallOptions): Promise<SingleMessage | null>
  /** The message alone; null when it does not exist. For sources that have it at hand, at no cost upstream. */
  find?(upstreamId: string, call?: CallOptions): Promise<Message | null>
  /** How many messages match, in groups. Exists where the capabilities declare `counts`. */
  count?(request: CountRequest, call?: CallOptions): Promise<CountResult>
  /** What is missing from its lists, as known now. Absent where a list holds everything that its paging can reach. */
  history?(call?: CallOptions): Promise<HistoryReport>
}

/** How many requests may be sent within a span of time. */
export interface RateLimit {
  readonly requests: number
  readonly perSeconds: number
}

/** Bounds on the traffic with one upstream. Every one has a default in `@waybill/http`. */
export interface TrafficLimits {
  /** How long one HTTP request may take, in milliseconds. */
  readonly attemptTimeoutMs?: number | undefined
  /** How long a call may take in all, retries and waits included, in milliseconds. */
  readonly totalTimeoutMs?: number | undefined
  /** How many HTTP requests may run at the same time. */
  readonly concurrency?: number | undefined
  /** The largest response body that is read, in bytes. */
  readonly maxBodyBytes?: number | undefined
  /** How often a failed request is sent again. */
  readonly retries?: number | undefined
  /** The longest wait that an upstream may ask for, in seconds; what it asks beyond that is not believed. */
  readonly maxRetryAfterSeconds?: number | undefined
}

/** One HTTP request that went upstream and how it ended. Holds nothing secret. */
export interface UpstreamAttempt {
  readonly source: string
  /** HTTP status; null when no response came. */
  readonly status: number | null
  readonly durationMs: number
  /** Whether it was sent because an earlier one failed. Default false. */
  readonly isRetry?: boolean | undefined
  /** How long it waited before for the rate limit, and for its turn among requests at the same time, in milliseconds. Default 0. */
  readonly waitedMs?: number | undefined
}

/** Requests to a source that keeps failing are paused (a circuit breaker), or it answers again. */
export interface UpstreamPause {
  readonly source: string
  /** How long nothing is sent, in milliseconds; 0: it answers again. */
  readonly pauseMs: number
}

/** What the host hands to a provider beside its options. */
export interface ProviderContext {
  /** Id of the source from the configuration; errors name it. */
  readonly source: string
  readonly rateLimit?: RateLimit | undefined
  readonly limits?: TrafficLimits | undefined
  /**
   * The part of the rate limit, from 0 to 1, that is reserved for calls of a sync, and with it one of the concurrent requests.
   * All other calls can use only what is left, one request at least. Default 0.
   */
  readonly syncShare?: number | undefined
  /** Whether errors carry the upstream's own words for the operator, see `UpstreamError.upstreamWords`. Default false. */
  readonly upstreamWords?: boolean | undefined
  /** Called after every HTTP request. */
  readonly onAttempt?: ((attempt: UpstreamAttempt) => void) | undefined
  /** Called when a pause of the circuit breaker begins, and when the upstream answers again. */
  readonly onPause?: ((rest: UpstreamPause) => void) | undefined
}

/**
 * What a provider package exports as `default`: makes a provider from options that come from a configuration file.
 * @throws ConfigurationError listing everything that is wrong with the options, paths relative to `options`.
 */
export type ProviderFactory = (options: unknown, context: ProviderContext) => MessageProvider
