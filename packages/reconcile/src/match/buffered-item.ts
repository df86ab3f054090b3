import type { ComparedEntry, ComparedMessage } from '../compare/compared.js'
import type { DoubtReason, MessageReference, ResemblingField, Rule, SimilarEntry } from '../finding.js'

/** The result of the rules for an entry. The verdict follows from it later. */
export type Outcome =
  | { readonly kind: 'paired'; readonly rule: Rule; readonly message: ComparedMessage }
  | {
      readonly kind: 'duplicate'
      readonly rule: Rule
      readonly message: ComparedMessage
      /** The entry that has the message. */
      readonly of: number
    }
  | { readonly kind: 'ambiguous'; readonly rule: Rule; readonly candidates: readonly MessageReference[] }
  | { readonly kind: 'given-up'; readonly because: DoubtReason }

/** An entry in the buffer. */
export interface BufferedEntry {
  readonly kind: 'entry'
  readonly time: number
  readonly entry: ComparedEntry
  outcome: Outcome | null
  /** How many stages are done with it. */
  done: number
}

/** A message in the buffer. */
export interface BufferedMessage {
  readonly kind: 'message'
  readonly time: number
  readonly message: ComparedMessage
  /**
   * `open`: no entry claims it. `candidate`: of an ambiguous entry. `possible`: it may be some
   * entry's, because a field is missing. `given-up`: its group is too large.
   */
  state: 'open' | 'claimed' | 'candidate' | 'possible' | 'given-up'
  /** The first entry that an identifier has tied it to. */
  claimedBy?: number
  /** The fields that would decide about an entry that it may be, and that its source does not list. */
  notListed?: readonly ResemblingField[]
  /** The entries without a message that it resembles. */
  similarTo?: readonly SimilarEntry[]
  /** How many stages are done with it. */
  done: number
}

export type BufferedItem = BufferedEntry | BufferedMessage

/** Whether an item is in a group that is too large. */
export function isGivenUp(item: BufferedItem): boolean {
  return item.kind === 'entry' ? item.outcome?.kind === 'given-up' : item.state === 'given-up'
}

/** Leaves an item unsettled that nothing has settled yet. */
export function giveUp(item: BufferedItem): void {
  if (item.kind === 'entry') item.outcome ??= { kind: 'given-up', because: 'BUDGET' }
  else if (item.state === 'open') item.state = 'given-up'
}
