import type { ComparedEntry, ComparedMessage } from '../compare/compared.js'
import type { DoubtReason, MessageReference, Rule } from '../finding.js'

/** The result of the rules for an entry. The verdict follows from it later. */
export type Outcome =
  | { readonly kind: 'paired'; readonly rule: Rule; readonly message: ComparedMessage }
  | { readonly kind: 'duplicate'; readonly rule: Rule; readonly message: ComparedMessage }
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
