import type { MessageStatus } from '@waybill/core'

/** What can be said of an entry, or of a message that no entry claims. */
export const VERDICTS = [
  /** The message is in the history and agrees with the entry. */
  'MATCHED',
  /** The message got less far, or ended in another way, than the log has it. */
  'STATUS_DIFFERS',
  /** An identifier matches, and another field differs: `reasons` names the fields. */
  'FIELD_DIFFERS',
  /** The log has the message more than once; an earlier entry claims it. */
  'DUPLICATE_HERE',
  /** Of a message: the history has a logged message more than once. */
  'DUPLICATE_THERE',
  /** Assignments that are equally good lead to different verdicts; `candidates` names the messages. */
  'AMBIGUOUS',
  /** The message is not in the history, and its whole window is covered, proven and settled. */
  'MISSING_THERE',
  /** Of a message: no entry claims it. */
  'MISSING_HERE',
  /** The message is there, its status is not final, and it is young. */
  'PENDING',
  /** The message is there, its status is not final, and it should be by now. */
  'STALE',
  /** The message was in the history and has been deleted. */
  'DELETED_THERE',
  /** The entry is not in the span that is judged. */
  'OUTSIDE',
  /** It cannot be known; `because` gives the reason. */
  'CANNOT_TELL',
] as const

export type Verdict = (typeof VERDICTS)[number]

/**
 * Why something cannot be known. Of several reasons a finding has the first in this order:
 * what waiting does not cure is before what it does.
 */
export const DOUBT_REASONS = [
  /** The caller may not read what would decide. */
  'FORBIDDEN',
  /** The source could not be read. */
  'SOURCE_FAILED',
  /** The history goes back less far. */
  'BEYOND_REACH',
  /** The history is known to be incomplete there. */
  'GAP',
  /** The history was never compared with the source there, or what was read contradicts itself. */
  'UNPROVEN',
  /** A message may be the one, and the history lacks the field that would decide. */
  'NOT_TOLD',
  /** Reading, or the assignment of too many equal messages, ended at a limit. */
  'BUDGET',
  /** Messages of that time may still arrive. */
  'NOT_SETTLED',
] as const

export type DoubtReason = (typeof DOUBT_REASONS)[number]

/** The rule by which an entry and a message were matched. */
export type Rule = 'id' | 'whatsappId' | 'reference' | 'text'

/**
 * What a verdict rests on. `CONFIRMED`: an identifier, or the proof that nothing is there.
 * `SUGGESTED`: number, text and time, or the edge of the log. Null where nothing is asserted.
 */
export type Confidence = 'CONFIRMED' | 'SUGGESTED'

/** A message that a finding names. */
export interface MessageReference {
  readonly source: string
  readonly upstreamId: string
  /** The name that the caller gave it. */
  readonly message: string
}

/** The fields of which an entry and a message that resemble each other may have different values. */
export type ResemblingField = 'id' | 'whatsappId' | 'reference' | 'to' | 'text'

/** A message that resembles an entry. A hint for people, and no match: no verdict depends on it. */
export interface SimilarMessage extends MessageReference {
  /** How much later than logged it was sent, in seconds. */
  readonly deltaSeconds: number
  /** The fields that both have, with different values. */
  readonly differs: readonly ResemblingField[]
}

/** An entry that resembles a message: the same hint, seen from the other side. */
export interface SimilarEntry {
  readonly entry: number
  /** How much later than logged the message was sent, in seconds. */
  readonly deltaSeconds: number
  /** The fields that both have, with different values. */
  readonly differs: readonly ResemblingField[]
}

/** A span of time, both ends included, in milliseconds since the epoch; null: without a bound. */
export interface OpenRange {
  readonly from: number | null
  readonly to: number | null
}

/** What was found out about one entry, or about one message that no entry claims. */
export interface Finding {
  /** The entry's place in the log; null for a message that no entry claims. */
  readonly entry: number | null
  readonly verdict: Verdict
  /** Null where no message was found. */
  readonly rule: Rule | null
  readonly confidence: Confidence | null
  readonly source: string | null
  readonly upstreamId: string | null
  /** The name that the caller gave the message. */
  readonly message: string | null
  /** How much later than logged the message was sent, in seconds. */
  readonly deltaSeconds: number | null
  /** The message's status. */
  readonly status: MessageStatus | null
  /** What differs or could not be compared, each beginning with the field's name. Quotes no number and no text. */
  readonly reasons: readonly string[]
  /** Only with CANNOT_TELL. */
  readonly because?: DoubtReason
  /** Only with CANNOT_TELL: the span that the reason holds for. */
  readonly span?: OpenRange
  /** Only with AMBIGUOUS: the possible messages, oldest first. */
  readonly candidates?: readonly MessageReference[]
  /** Only with DUPLICATE_HERE: the entry that has the message. */
  readonly duplicateOf?: number
  /**
   * Only of an entry without a message: messages within its window that no entry claims and that have its number or its text,
   * three at most, the most similar first. Absent where there are none.
   */
  readonly similarMessages?: readonly SimilarMessage[]
  /** Only of a message that no entry claims: the entries that name it in `similarMessages`, in order of time. */
  readonly similarEntries?: readonly SimilarEntry[]
}

/**
 * A hint that the times of a log are wrong as a whole: messages that have the number and the text of its entries were sent at
 * one common distance from them. No verdict depends on it.
 */
export interface TimeShift {
  /** How much later than logged the messages were sent, in seconds: whole quarters of an hour, up to 26 hours; negative: earlier. */
  readonly seconds: number
  /** How many entries have their message there. */
  readonly entries: number
  /** The logged time of the first and of the last of these entries, in milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

/** How many findings there are of each verdict. The counts add up to `entries` and `unclaimed` together. */
export interface Summary {
  /** Findings about entries. */
  readonly entries: number
  /** Findings about messages that no entry claims. */
  readonly unclaimed: number
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  /** How many of the MATCHED have the status FAILED: they are in the history, and did not arrive. */
  readonly matchedFailed: number
  /**
   * Only where the times of the log seem to be wrong, and only of those who look for it (`reconcileLog`, `TimeShiftFinder`): one
   * shift, or two an hour apart where clocks were changed, the one with the most entries first.
   */
  readonly timeShifts?: readonly TimeShift[]
}
