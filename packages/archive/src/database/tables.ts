import type { Generated } from 'kysely'

/**
 * What is stored, alike in both databases. Times are milliseconds since the epoch in double precision, which holds
 * every JavaScript number as it is; texts are written by `encodeText`, values of filters by `encodeValue`, ids by
 * `toIdKey`, the rest as JSON.
 */
export interface Tables {
  readonly sources: SourcesTable
  readonly leases: LeasesTable
  readonly messages: MessagesTable
  readonly originals: OriginalsTable
  readonly count_groups: CountGroupsTable
  readonly hourly_counts: HourlyCountsTable
  readonly past_versions: PastVersionsTable
  readonly coverage: CoverageTable
  readonly gaps: GapsTable
  readonly proven: ProvenTable
  readonly rejected: RejectedTable
  readonly events: EventsTable
  readonly checkpoints: CheckpointsTable
  readonly rechecks: RechecksTable
  readonly non_final: NonFinalTable
  readonly wanted_details: WantedDetailsTable
}

/** What is known of a source as a whole; counted along, since counting rows takes long. */
export interface SourcesTable {
  source: string
  message_count: number
  deleted_count: number
  last_synced_at: number | null
  poll_interval_ms: number | null
  last_error: string | null
  /** What the last poll, and the last comparison with the whole list, warned about, as JSON; null for nothing. */
  head_warnings: string | null
  reconcile_warnings: string | null
}

export interface LeasesTable {
  source: string
  holder: string
  token: number
  /** 0: given back. */
  expires_at: number
}

export interface MessagesTable {
  row_id: Generated<number>
  source: string
  id_key: string
  sent_at: number
  /** When the version that the row holds was observed. */
  changed_at: number
  /** How many versions it had before. */
  past_versions: number
  deleted_at: number | null
  status: string | null
  type: string | null
  direction: string | null
  interaction_id: string | null
  sender: string | null
  recipient: string | null
  /** The other party as the message itself tells it. */
  told_contact: string | null
  /** The other party: told, or the one that the conversation agrees on. */
  contact: string | null
  failure_code: string | null
  /** A hash of WhatsApp's id, to find the message by. */
  whatsapp_hash: number | null
  /** The text, folded. */
  search_text: string | null
  /** The whole message but `raw`. */
  body: string
  /** What a request for the single message showed; null where there was none. */
  detail: string | null
  /** The status that the message had then. */
  detail_status: string | null
}

/** The upstream's own objects, apart from the rows that are searched. */
export interface OriginalsTable {
  row_id: number
  raw: string
}

/** What messages are counted by: one row for each combination that any message of a source has had. */
export interface CountGroupsTable {
  group_id: Generated<number>
  source: string
  /** The other columns as one text, since null is equal to nothing. */
  group_key: string
  status: string | null
  type: string | null
  direction: string | null
  failure_code: string | null
  message_count: number
}

/**
 * How many messages of a group were sent in an hour of UTC, in each quarter of it: local hours begin at one of these.
 * Follows from `messages`, and is written along with it; an hour without messages has no row.
 */
export interface HourlyCountsTable {
  group_id: number
  /** Hours since the epoch. */
  hour: number
  quarter_1: number
  quarter_2: number
  quarter_3: number
  quarter_4: number
}

/** What a message was before: one row for each version that another replaced. */
export interface PastVersionsTable {
  row_id: number
  /** From 0, the oldest. */
  version: number
  observed_at: number
  status: string | null
  /** The fields that the next version changed, as they were, `deletedAt` among them. */
  replaced: string
}

export interface CoverageTable {
  source: string
  from_at: number
  to_at: number
}

export interface GapsTable {
  source: string
  from_at: number
  to_at: number
  observed_at: number
}

/** When a span of the history was last compared with the whole list. Spans of one source do not overlap. */
export interface ProvenTable {
  source: string
  from_at: number
  to_at: number
  proven_at: number
}

/** Rows that cannot be read. */
export interface RejectedTable {
  source: string
  /** `id:` and the key of its id, else `raw:` and a digest of the upstream's own object. */
  row_key: string
  /** The key of its id; null where that cannot be read either. */
  id_key: string | null
  reason: string
  raw: string
  first_seen: number
  last_seen: number
}

/** What happened to messages and gaps, for whoever follows a source. The oldest are removed. */
export interface EventsTable {
  source: string
  /** Grows by one with each event of a source. */
  sequence: number
  kind: string
  at: number
  /** The message; null for an event of a gap. */
  id_key: string | null
  /** The gap; null for an event of a message. */
  from_at: number | null
  to_at: number | null
}

export interface CheckpointsTable {
  source: string
  name: string
  value: string
}

export interface RechecksTable {
  source: string
  id_key: string
  reason: string
  due_at: number
  attempts: number
}

/** Messages that may still change and that nothing is planned for; follows from the other tables. */
export interface NonFinalTable {
  source: string
  id_key: string
  sent_at: number
}

/** Messages that are to be requested by their ids, since no list shows why they failed; follows from the other tables. */
export interface WantedDetailsTable {
  source: string
  id_key: string
  sent_at: number
  due_at: number
  attempts: number
}
