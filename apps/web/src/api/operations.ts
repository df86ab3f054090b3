/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import { gql } from '@urql/core';
/** Whether a source can yield everything that the query requests. */
export type Completeness =
  /** The budget of one answer is spent: `maxUpstreamRequests`, or a limit of the server. Continue with `endCursor`. */
  | 'BUDGET_SPENT'
  /** Everything that matches. */
  | 'COMPLETE'
  /** The archive has gaps within the query's time range. */
  | 'HAS_GAPS'
  /** Messages may move under this sort while a client reads the list. */
  | 'MOVING_SORT'
  /** A clause filters by a field that the source does not list, so other messages may match. */
  | 'NOT_TOLD'
  /** Not known, because the source could not be read. */
  | 'UNKNOWN'
  /** The rows contradict each other or what the source declares, or could not be checked: see `warnings`. */
  | 'UNPROVEN'
  /** Older messages exist or may exist, but the upstream does not list them. */
  | 'WINDOW_LIMITED';

/** How the other party of a message is known. */
export type ContactBasis =
  /** The source does not list it with this message. All messages of this `interactionId` that have another party have the same one. */
  | 'CONVERSATION'
  /** The source lists it with the message. */
  | 'TOLD';

/** Compares a point in time. All bounds that are given must hold. */
export type DateTimeFilter = {
  /** After this. */
  readonly gt?: string | null | undefined;
  /** At or after this. */
  readonly gte?: string | null | undefined;
  /** Before this. */
  readonly lt?: string | null | undefined;
  /** At or before this. */
  readonly lte?: string | null | undefined;
};

/** Which values a field can have at a source. */
export type FieldDomain =
  /** Always null: no clause ever matches, and no request is made. */
  | 'ABSENT'
  /** An integer; nothing else ever matches. */
  | 'INTEGER'
  /** Any text. */
  | 'TEXT'
  /** A point in time. */
  | 'TIME'
  /** One of a list of values. */
  | 'VALUES';

/** Compares an id. */
export type IdFilter = {
  /** Equal to this. */
  readonly eq?: string | number | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<string | number> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: string | number | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<string | number> | null | undefined;
};

/** Which way a message went, seen from the account that the source belongs to. */
export type MessageDirection =
  /** Received from the other party. */
  | 'INBOUND'
  /** Sent to the other party. */
  | 'OUTBOUND';

/** Compares the direction. */
export type MessageDirectionFilter = {
  /** Equal to this. */
  readonly eq?: MessageDirection | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<MessageDirection> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: MessageDirection | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<MessageDirection> | null | undefined;
};

/** What happened. */
export type MessageEventKind =
  /** Something else about a message changed. */
  | 'CHANGED'
  /** A message was stored that was not known before, however old it is. */
  | 'CREATED'
  /** The upstream has deleted a message. It stays in the archive. */
  | 'DELETED'
  /** A gap was read again with certainty. */
  | 'GAP_CLOSED'
  /** Messages of a span of time are missing or may be. */
  | 'GAP_OPENED'
  /** The status of a message changed. */
  | 'STATUS_CHANGED';

/** Which messages to list or count. All given clauses must hold; a clause that is null has no effect. */
export type MessageFilter = {
  /** The other party, `Message.contact`: the sender of an inbound message, the recipient of an outbound one, as the source lists it or as derived from the conversation. */
  readonly contact?: StringFilter | null | undefined;
  /** Inbound or outbound. */
  readonly direction?: MessageDirectionFilter | null | undefined;
  /** Sender's number or id. */
  readonly from?: StringFilter | null | undefined;
  /** Id of the conversation. */
  readonly interactionId?: IdFilter | null | undefined;
  /** Either party. `eq` and `in`: `from` or `to` is one of these. `ne` and `notIn`: neither is, and at least one of the two is known. */
  readonly phone?: StringFilter | null | undefined;
  /** When it was sent. */
  readonly sentAt?: DateTimeFilter | null | undefined;
  /** The source. Sources that cannot match get no request. */
  readonly source?: SourceFilter | null | undefined;
  /** The delivery status. */
  readonly status?: MessageStatusFilter | null | undefined;
  /** Recipient's number. */
  readonly to?: StringFilter | null | undefined;
  /** The kind of content. */
  readonly type?: MessageTypeFilter | null | undefined;
};

/** How far a message got. */
export type MessageStatus =
  /** Deleted after it was sent, as the upstream reports it. */
  | 'DELETED'
  /** Arrived on the recipient's device. */
  | 'DELIVERED'
  /** Not delivered. `failure` has the reason where the upstream gives one. */
  | 'FAILED'
  /** Read by the recipient, who has read receipts switched on. */
  | 'READ'
  /** Handed over to WhatsApp. */
  | 'SENT'
  /** The upstream does not know the status yet, or uses a word that Waybill does not know: see `rawStatus`. */
  | 'UNKNOWN';

/** Compares the status. */
export type MessageStatusFilter = {
  /** Equal to this. */
  readonly eq?: MessageStatus | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<MessageStatus> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: MessageStatus | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<MessageStatus> | null | undefined;
};

/** What a message is made of, in the vocabulary of WhatsApp's Cloud API. */
export type MessageType =
  /** A recording or a voice message. */
  | 'AUDIO'
  /** A press on a template's button. */
  | 'BUTTON'
  /** Contact cards. */
  | 'CONTACTS'
  /** A file. */
  | 'DOCUMENT'
  /** A picture. */
  | 'IMAGE'
  /** A list, reply buttons, or the answer to them. */
  | 'INTERACTIVE'
  /** A place. */
  | 'LOCATION'
  /** An order from a catalogue. */
  | 'ORDER'
  /** Anything else; `rawType` has the upstream's own word. */
  | 'OTHER'
  /** An emoji as a reaction to another message. */
  | 'REACTION'
  /** A sticker. */
  | 'STICKER'
  /** A notice from WhatsApp itself, such as a changed number. */
  | 'SYSTEM'
  /** A filled-in template, such as a notification from a business. */
  | 'TEMPLATE'
  /** Text. */
  | 'TEXT'
  /** A video. */
  | 'VIDEO';

/** Compares the type. */
export type MessageTypeFilter = {
  /** Equal to this. */
  readonly eq?: MessageType | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<MessageType> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: MessageType | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<MessageType> | null | undefined;
};

/** How an upstream lets its list be read. */
export type PagingKind =
  /** With a stable cursor of its own. */
  | 'CURSOR'
  /** By page number and page size, over a list that changes between requests. */
  | 'PAGE'
  /** Only the newest messages are listed, in one request. */
  | 'WINDOW';

/** Where a source's messages are read from. */
export type ReadMode =
  /** From the archive, which follows the upstream. */
  | 'ARCHIVE'
  /** From the upstream itself, with each query. */
  | 'LIVE';

/** How an upstream searches in the text. */
export type SearchCapability =
  /** Finds exactly the messages that match. */
  | 'EXACT'
  /** Finds them and perhaps others, which Waybill filters out. */
  | 'INEXACT'
  /** Not at all: Waybill reads every message and searches. */
  | 'NONE';

/** Which way a list is sorted. */
export type SortDirection =
  /** Oldest first. */
  | 'ASC'
  /** Newest first. */
  | 'DESC';

/** Compares the source with ids from the configuration, which are the sources' `key`. */
export type SourceFilter = {
  /** Equal to this. */
  readonly eq?: string | number | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<string | number> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: string | number | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<string | number> | null | undefined;
};

/** How reading a source ended. */
export type SourceOutcome =
  /** It could not be read; `error` says why. */
  | 'FAILED'
  /** It was read. */
  | 'OK'
  /** The filter cannot match there, so no request was sent. */
  | 'PRUNED';

/** The kinds of problems with what a source listed. */
export type SourceWarningCode =
  /** The archive was not synced when it was due. */
  | 'ARCHIVE_LATE'
  /** The source lists the same messages for both directions, so the direction is not known. */
  | 'DIRECTION_IGNORED'
  /** A clause filters by a field that the source does not list, for all or some messages. */
  | 'FIELD_NOT_TOLD'
  /** The source sent messages that the filter excludes. Waybill checks the filter itself from then on. */
  | 'FILTER_IGNORED'
  /** Some messages are further out of order than the declared skew allows. */
  | 'ORDER_BROKEN'
  /** The messages around the resume position are gone, or keep changing their order. */
  | 'PLACE_LOST'
  /** The totals count messages that are on no page. */
  | 'ROWS_HIDDEN'
  /** Messages that cannot be read were set aside. */
  | 'ROW_REJECTED'
  /** The source sent messages in another order than requested. */
  | 'SORT_IGNORED'
  /** More messages have the same time than two consecutive pages can share. */
  | 'TIES_UNPROVEN'
  /** The figures that the source sends contradict each other, the request or the rows. */
  | 'TOTALS_DISAGREE';

/** Compares a phone number or an id, letter case included. Numbers may be written in any usual form: `+49 30 23125380`, `0049…`, `4930…`, `whatsapp:+49…`, `https://wa.me/49…`, `…@c.us`. A value that can be neither a number nor an id is INVALID_FILTER. */
export type StringFilter = {
  /** Equal to this. */
  readonly eq?: string | null | undefined;
  /** One of these; an empty list matches nothing. */
  readonly in?: ReadonlyArray<string> | null | undefined;
  /** Not equal to this, and not null. */
  readonly ne?: string | null | undefined;
  /** None of these, and not null; an empty list matches everything that is not null. */
  readonly notIn?: ReadonlyArray<string> | null | undefined;
  /** Begins with this. For a number: `+49`, `0049` and `49` match all numbers of one country. */
  readonly startsWith?: string | null | undefined;
};

/** Whether an upstream sends the number of matching messages. */
export type TotalsCapability =
  /** It does. */
  | 'ALWAYS'
  /** Some servers send it. */
  | 'MAYBE'
  /** It does not. */
  | 'NEVER';

export type ContentProbeQueryVariables = Exact<{ [key: string]: never; }>;


export type ContentProbeQuery = { readonly messages: { readonly pageInfo: { readonly hasNextPage: boolean } } };

export type CountsQueryVariables = Exact<{
  filter?: MessageFilter | null | undefined;
  search?: string | null | undefined;
  timeZone: string;
  maxUpstreamRequests: number;
}>;


export type CountsQuery = { readonly messageCounts: { readonly total: number, readonly groups: ReadonlyArray<{ readonly count: number, readonly period: string | null, readonly status: MessageStatus | null }>, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> } };

export type FoundByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type FoundByIdQuery = { readonly message: { readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } } | null, readonly messagesByUpstreamId: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } } | null> };

export type FoundByWhatsappIdQueryVariables = Exact<{
  id: string | number;
}>;


export type FoundByWhatsappIdQuery = { readonly messagesByWhatsappId: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }>, readonly sources: ReadonlyArray<{ readonly id: string, readonly label: string, readonly read: ReadMode }> };

export type MessagesPageQueryVariables = Exact<{
  filter?: MessageFilter | null | undefined;
  search?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type MessagesPageQuery = { readonly messages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> } };

export type ListedMessageFragment = { readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } };

export type ListReportFragment = { readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null };

export type MessageEventsSubscriptionVariables = Exact<{
  filter?: MessageFilter | null | undefined;
  after?: string | number | null | undefined;
}>;


export type MessageEventsSubscription = { readonly messageEvents: { readonly id: string, readonly kind: MessageEventKind, readonly at: string, readonly message: { readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } } | null } };

export type OpenMessageQueryVariables = Exact<{
  id: string | number;
}>;


export type OpenMessageQuery = { readonly message: { readonly upstreamId: string, readonly whatsappId: string | null, readonly rawStatus: string | null, readonly interactionId: string | null, readonly isRead: boolean | null, readonly raw: unknown, readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly statusHistory: ReadonlyArray<{ readonly status: MessageStatus | null, readonly observedAt: string }>, readonly source: { readonly id: string, readonly read: ReadMode, readonly key: string, readonly label: string }, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null } | null };

export type OpenMessageDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type OpenMessageDetailQuery = { readonly message: { readonly id: string, readonly detail: { readonly statusMessage: string | null, readonly replyToId: string | null, readonly mediaUrl: string | null, readonly staffId: string | null, readonly deliveredAt: string | null, readonly readAt: string | null } | null } | null };

export type EarlierTextsQueryVariables = Exact<{
  id: string | number;
}>;


export type EarlierTextsQuery = { readonly message: { readonly id: string, readonly textHistory: ReadonlyArray<{ readonly text: string | null, readonly replacedAt: string }> } | null };

export type ConversationAroundQueryVariables = Exact<{
  before: MessageFilter;
  after: MessageFilter;
  count: number;
}>;


export type ConversationAroundQuery = { readonly before: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }> }, readonly after: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }> } };

export type SurveyedMessagesQueryVariables = Exact<{
  filter?: MessageFilter | null | undefined;
  search?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
  maxUpstreamRequests: number;
}>;


export type SurveyedMessagesQuery = { readonly messages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly interactionId: string | null, readonly contact: { readonly id: string } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly key: string, readonly label: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> } };

export type SurveyedMessageFragment = { readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly interactionId: string | null, readonly contact: { readonly id: string } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly key: string, readonly label: string } };

export type CandidatesQueryVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;


export type CandidatesQuery = { readonly nodes: ReadonlyArray<
    | { readonly __typename: 'Message', readonly upstreamId: string, readonly whatsappId: string | null, readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }
    | { readonly __typename: 'Source' }
   | null> };

export type MessagesNearQueryVariables = Exact<{
  before: MessageFilter;
  after: MessageFilter;
  count: number;
  isTimed: boolean;
}>;


export type MessagesNearQuery = { readonly before: { readonly nodes: ReadonlyArray<{ readonly upstreamId: string, readonly whatsappId: string | null, readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }>, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> }, readonly after?: { readonly nodes: ReadonlyArray<{ readonly upstreamId: string, readonly whatsappId: string | null, readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } }>, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> } };

export type CandidateMessageFragment = { readonly upstreamId: string, readonly whatsappId: string | null, readonly id: string, readonly sentAt: string, readonly direction: MessageDirection | null, readonly status: MessageStatus | null, readonly type: MessageType | null, readonly rawType: string | null, readonly text: string | null, readonly from: string | null, readonly to: string | null, readonly deletedAt: string | null, readonly contact: { readonly id: string, readonly basis: ContactBasis } | null, readonly failure: { readonly code: string | null, readonly reason: string | null } | null, readonly source: { readonly id: string, readonly key: string, readonly label: string } };

export type SourceNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourceNamesQuery = { readonly sources: ReadonlyArray<{ readonly id: string, readonly key: string, readonly label: string, readonly read: ReadMode }> };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { readonly sources: ReadonlyArray<{ readonly id: string, readonly key: string, readonly label: string, readonly provider: string, readonly read: ReadMode, readonly capabilities: { readonly pagingKind: PagingKind, readonly pageLimit: number, readonly search: SearchCapability, readonly totals: TotalsCapability, readonly filters: ReadonlyArray<{ readonly field: string, readonly listed: boolean, readonly domain: FieldDomain, readonly operators: ReadonlyArray<{ readonly operator: string }> }> }, readonly archive: { readonly messageCount: number, readonly lastSyncedAt: string | null, readonly pollIntervalSeconds: number | null, readonly rejectedCount: number, readonly lastError: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null, readonly coverage: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly proven: ReadonlyArray<{ readonly from: string, readonly to: string, readonly at: string }> } | null }> };

export type ShownSourceFragment = { readonly id: string, readonly key: string, readonly label: string, readonly provider: string, readonly read: ReadMode, readonly capabilities: { readonly pagingKind: PagingKind, readonly pageLimit: number, readonly search: SearchCapability, readonly totals: TotalsCapability, readonly filters: ReadonlyArray<{ readonly field: string, readonly listed: boolean, readonly domain: FieldDomain, readonly operators: ReadonlyArray<{ readonly operator: string }> }> }, readonly archive: { readonly messageCount: number, readonly lastSyncedAt: string | null, readonly pollIntervalSeconds: number | null, readonly rejectedCount: number, readonly lastError: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null, readonly coverage: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly proven: ReadonlyArray<{ readonly from: string, readonly to: string, readonly at: string }> } | null };

export type SourceEdgeQueryVariables = Exact<{
  source: string | number;
  direction: SortDirection;
}>;


export type SourceEdgeQuery = { readonly messages: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly sentAt: string }>, readonly sources: ReadonlyArray<{ readonly outcome: SourceOutcome, readonly completeness: Completeness, readonly reachesBackTo: string | null, readonly source: { readonly id: string, readonly key: string, readonly label: string }, readonly gaps: ReadonlyArray<{ readonly from: string, readonly to: string }>, readonly warnings: ReadonlyArray<{ readonly code: SourceWarningCode, readonly message: string }>, readonly error: { readonly code: string, readonly message: string, readonly retryAfterSeconds: number | null } | null }> } };

export const ListReportFragmentDoc = /*#__PURE__*/ gql`
    fragment ListReport on SourceReport {
  source {
    id
    key
    label
  }
  outcome
  completeness
  reachesBackTo
  gaps {
    from
    to
  }
  warnings {
    code
    message
  }
  error {
    code
    message
    retryAfterSeconds
  }
}
    ` as unknown as DocumentNode<ListReportFragment, unknown>;
export const SurveyedMessageFragmentDoc = /*#__PURE__*/ gql`
    fragment SurveyedMessage on Message {
  id
  sentAt
  direction
  status
  type
  interactionId
  contact {
    id
  }
  failure {
    code
    reason
  }
  source {
    key
    label
  }
}
    ` as unknown as DocumentNode<SurveyedMessageFragment, unknown>;
export const ListedMessageFragmentDoc = /*#__PURE__*/ gql`
    fragment ListedMessage on Message {
  id
  sentAt
  direction
  status
  type
  rawType
  text
  from
  to
  deletedAt
  contact {
    id
    basis
  }
  failure {
    code
    reason
  }
  source {
    id
    key
    label
  }
}
    ` as unknown as DocumentNode<ListedMessageFragment, unknown>;
export const CandidateMessageFragmentDoc = /*#__PURE__*/ gql`
    fragment CandidateMessage on Message {
  ...ListedMessage
  upstreamId
  whatsappId
}
    ` as unknown as DocumentNode<CandidateMessageFragment, unknown>;
export const ShownSourceFragmentDoc = /*#__PURE__*/ gql`
    fragment ShownSource on Source {
  id
  key
  label
  provider
  read
  capabilities {
    pagingKind
    pageLimit
    search
    totals
    filters {
      field
      listed
      domain
      operators {
        operator
      }
    }
  }
  archive {
    messageCount
    lastSyncedAt
    pollIntervalSeconds
    rejectedCount
    lastError {
      code
      message
      retryAfterSeconds
    }
    coverage {
      from
      to
    }
    gaps {
      from
      to
    }
    proven {
      from
      to
      at
    }
  }
}
    ` as unknown as DocumentNode<ShownSourceFragment, unknown>;
export const ContentProbeDocument = /*#__PURE__*/ gql`
    query ContentProbe {
  messages(first: 1, search: "content", filter: { source: { in: [] } }) {
    pageInfo {
      hasNextPage
    }
  }
}
    ` as unknown as DocumentNode<ContentProbeQuery, ContentProbeQueryVariables>;
export const CountsDocument = /*#__PURE__*/ gql`
    query Counts($filter: MessageFilter, $search: String, $timeZone: String!, $maxUpstreamRequests: Int!) {
  messageCounts(
    filter: $filter
    search: $search
    by: [DAY, STATUS]
    timeZone: $timeZone
    onSourceError: PARTIAL
    maxUpstreamRequests: $maxUpstreamRequests
  ) {
    total
    groups {
      count
      period
      status
    }
    sources {
      ...ListReport
    }
  }
}
    ${ListReportFragmentDoc}` as unknown as DocumentNode<CountsQuery, CountsQueryVariables>;
export const FoundByIdDocument = /*#__PURE__*/ gql`
    query FoundById($id: ID!) {
  message(id: $id) {
    ...ListedMessage
  }
  messagesByUpstreamId(upstreamId: $id) {
    ...ListedMessage
  }
}
    ${ListedMessageFragmentDoc}` as unknown as DocumentNode<FoundByIdQuery, FoundByIdQueryVariables>;
export const FoundByWhatsappIdDocument = /*#__PURE__*/ gql`
    query FoundByWhatsappId($id: ID!) {
  messagesByWhatsappId(whatsappId: $id) {
    ...ListedMessage
  }
  sources {
    id
    label
    read
  }
}
    ${ListedMessageFragmentDoc}` as unknown as DocumentNode<FoundByWhatsappIdQuery, FoundByWhatsappIdQueryVariables>;
export const MessagesPageDocument = /*#__PURE__*/ gql`
    query MessagesPage($filter: MessageFilter, $search: String, $first: Int!, $after: String) {
  messages(
    filter: $filter
    search: $search
    first: $first
    after: $after
    onSourceError: PARTIAL
  ) {
    nodes {
      ...ListedMessage
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    sources {
      ...ListReport
    }
  }
}
    ${ListedMessageFragmentDoc}
${ListReportFragmentDoc}` as unknown as DocumentNode<MessagesPageQuery, MessagesPageQueryVariables>;
export const MessageEventsDocument = /*#__PURE__*/ gql`
    subscription MessageEvents($filter: MessageFilter, $after: ID) {
  messageEvents(filter: $filter, after: $after) {
    id
    kind
    at
    message {
      ...ListedMessage
    }
  }
}
    ${ListedMessageFragmentDoc}` as unknown as DocumentNode<MessageEventsSubscription, MessageEventsSubscriptionVariables>;
export const OpenMessageDocument = /*#__PURE__*/ gql`
    query OpenMessage($id: ID!) {
  message(id: $id) {
    ...ListedMessage
    upstreamId
    whatsappId
    rawStatus
    interactionId
    isRead
    raw
    statusHistory {
      status
      observedAt
    }
    source {
      id
      read
    }
  }
}
    ${ListedMessageFragmentDoc}` as unknown as DocumentNode<OpenMessageQuery, OpenMessageQueryVariables>;
export const OpenMessageDetailDocument = /*#__PURE__*/ gql`
    query OpenMessageDetail($id: ID!) {
  message(id: $id) {
    id
    detail {
      statusMessage
      replyToId
      mediaUrl
      staffId
      deliveredAt
      readAt
    }
  }
}
    ` as unknown as DocumentNode<OpenMessageDetailQuery, OpenMessageDetailQueryVariables>;
export const EarlierTextsDocument = /*#__PURE__*/ gql`
    query EarlierTexts($id: ID!) {
  message(id: $id) {
    id
    textHistory {
      text
      replacedAt
    }
  }
}
    ` as unknown as DocumentNode<EarlierTextsQuery, EarlierTextsQueryVariables>;
export const ConversationAroundDocument = /*#__PURE__*/ gql`
    query ConversationAround($before: MessageFilter!, $after: MessageFilter!, $count: Int!) {
  before: messages(filter: $before, first: $count, onSourceError: PARTIAL) {
    nodes {
      ...ListedMessage
    }
  }
  after: messages(
    filter: $after
    sort: { field: CREATED_AT, direction: ASC }
    first: $count
    onSourceError: PARTIAL
  ) {
    nodes {
      ...ListedMessage
    }
  }
}
    ${ListedMessageFragmentDoc}` as unknown as DocumentNode<ConversationAroundQuery, ConversationAroundQueryVariables>;
export const SurveyedMessagesDocument = /*#__PURE__*/ gql`
    query SurveyedMessages($filter: MessageFilter, $search: String, $first: Int!, $after: String, $maxUpstreamRequests: Int!) {
  messages(
    filter: $filter
    search: $search
    first: $first
    after: $after
    onSourceError: PARTIAL
    maxUpstreamRequests: $maxUpstreamRequests
  ) {
    nodes {
      ...SurveyedMessage
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    sources {
      ...ListReport
    }
  }
}
    ${SurveyedMessageFragmentDoc}
${ListReportFragmentDoc}` as unknown as DocumentNode<SurveyedMessagesQuery, SurveyedMessagesQueryVariables>;
export const CandidatesDocument = /*#__PURE__*/ gql`
    query Candidates($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Message {
      ...CandidateMessage
    }
  }
}
    ${CandidateMessageFragmentDoc}
${ListedMessageFragmentDoc}` as unknown as DocumentNode<CandidatesQuery, CandidatesQueryVariables>;
export const MessagesNearDocument = /*#__PURE__*/ gql`
    query MessagesNear($before: MessageFilter!, $after: MessageFilter!, $count: Int!, $isTimed: Boolean!) {
  before: messages(filter: $before, first: $count, onSourceError: PARTIAL) {
    nodes {
      ...CandidateMessage
    }
    sources {
      ...ListReport
    }
  }
  after: messages(
    filter: $after
    sort: { field: CREATED_AT, direction: ASC }
    first: $count
    onSourceError: PARTIAL
  ) @include(if: $isTimed) {
    nodes {
      ...CandidateMessage
    }
    sources {
      ...ListReport
    }
  }
}
    ${CandidateMessageFragmentDoc}
${ListedMessageFragmentDoc}
${ListReportFragmentDoc}` as unknown as DocumentNode<MessagesNearQuery, MessagesNearQueryVariables>;
export const SourceNamesDocument = /*#__PURE__*/ gql`
    query SourceNames {
  sources {
    id
    key
    label
    read
  }
}
    ` as unknown as DocumentNode<SourceNamesQuery, SourceNamesQueryVariables>;
export const SourcesDocument = /*#__PURE__*/ gql`
    query Sources {
  sources {
    ...ShownSource
  }
}
    ${ShownSourceFragmentDoc}` as unknown as DocumentNode<SourcesQuery, SourcesQueryVariables>;
export const SourceEdgeDocument = /*#__PURE__*/ gql`
    query SourceEdge($source: ID!, $direction: SortDirection!) {
  messages(
    filter: { source: { eq: $source } }
    sort: { direction: $direction }
    first: 1
    onSourceError: PARTIAL
  ) {
    nodes {
      id
      sentAt
    }
    sources {
      ...ListReport
    }
  }
}
    ${ListReportFragmentDoc}` as unknown as DocumentNode<SourceEdgeQuery, SourceEdgeQueryVariables>;