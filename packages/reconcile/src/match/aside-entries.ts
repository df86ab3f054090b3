import type { ResemblingField } from '../finding.js'
import type { HistoryMessage } from '../history-message.js'
import {
  type ComparedEntry,
  type ComparedMessage,
  compareMessage,
  messageKey,
  referTo,
} from '../compare/compared.js'
import type { BufferedMessage, Outcome } from './buffered-item.js'
import { append } from './message-index.js'

/** An entry that has no place in the order of time, and what was found for it so far. */
export interface AsideEntry {
  readonly entry: ComparedEntry
  readonly found: ComparedMessage[]
  /** A message that it names, and the other entry that has claimed it. */
  taken: { readonly message: ComparedMessage; readonly by: number } | null
}

/** What a checkpoint keeps of them. */
export interface AsideState {
  readonly entries: readonly AsideEntry[]
  /** Keys of messages that displaced entries name, each with the entry in its window that has claimed it. */
  readonly taken: readonly (readonly [key: string, by: number])[]
  /** Whether there was a message that no entry had claimed, and such a message without a WhatsApp id. */
  readonly hasOpen: boolean
  readonly hasLackingId: boolean
}

/** What became of an entry. */
export interface AsideResult {
  readonly entry: ComparedEntry
  readonly outcome: Outcome | null
  /** The fields that would decide, where it may be a message that lacks them; null: it may be none. */
  readonly notListed: readonly ResemblingField[] | null
}

/**
 * Entries without a time, which are matched by identifier with any message, and displaced entries, whose
 * message is known to be outside of their window. They are decided at the end, and held until then.
 */
export class AsideEntries {
  readonly #entries: AsideEntry[] = []
  readonly #byId = new Map<string, AsideEntry[]>()
  readonly #byWhatsappId = new Map<string, AsideEntry[]>()
  readonly #displaced: ReadonlyMap<number, ComparedMessage>
  readonly #displacedKeys: ReadonlySet<string>
  readonly #displacedByName = new Map<string, ComparedMessage>()
  readonly #taken: Map<string, number>
  #hasOpen: boolean
  #hasLackingId: boolean

  constructor(displaced: ReadonlyMap<number, HistoryMessage>, state: AsideState) {
    this.#displaced = new Map([...displaced].map(([entry, message]) => [entry, compareMessage(message)]))
    this.#displacedKeys = new Set([...this.#displaced.values()].map(messageKey))
    for (const message of this.#displaced.values()) {
      this.#displacedByName.set(`id\n${message.upstreamId}`, message)
      if (message.whatsappId !== null) this.#displacedByName.set(`whatsappId\n${message.whatsappId}`, message)
    }
    this.#taken = new Map(state.taken)
    this.#hasOpen = state.hasOpen
    this.#hasLackingId = state.hasLackingId
    for (const each of state.entries) this.#keep({ ...each, found: [...each.found] })
  }

  /** Takes an entry that has no time or is displaced; false for all others. */
  take(entry: ComparedEntry): boolean {
    if (entry.at !== null && !this.#displaced.has(entry.entry)) return false
    this.#keep({ entry, found: [], taken: null })
    return true
  }

  /** Shows a message that every entry in its reach has had the chance to claim by identifier. */
  offer(held: BufferedMessage): void {
    const { message } = held
    const key = messageKey(message)
    const isOpen = held.state === 'open'
    if (this.#displacedKeys.has(key)) {
      if (isOpen) held.state = 'claimed'
      else if (held.claimedBy !== undefined) this.#taken.set(key, held.claimedBy)
      return
    }
    const [named] = [
      ...(this.#byId.get(message.upstreamId) ?? []),
      ...(this.#byWhatsappId.get(message.whatsappId ?? '') ?? []),
    ]
    if (named === undefined) {
      this.#hasOpen ||= isOpen
      this.#hasLackingId ||= isOpen && message.whatsappId === null
      return
    }
    if (isOpen) {
      held.state = 'claimed'
      named.found.push(message)
    } else if (held.claimedBy !== undefined) named.taken ??= { message, by: held.claimedBy }
  }

  /** What became of each, in the order of the log. */
  *results(): Iterable<AsideResult> {
    const claimed = new Map<string, number>()
    const inOrder = this.#entries.toSorted((a, b) => a.entry.entry - b.entry.entry)
    for (const each of inOrder) {
      const { entry } = each
      const isLacking = entry.whatsappId === null ? this.#hasOpen : this.#hasLackingId
      const fields: ResemblingField[] = entry.whatsappId === null ? [] : ['whatsappId']
      const notListed = entry.id === null && isLacking ? fields : null
      yield { entry, outcome: this.#outcome(each, claimed), notListed }
    }
  }

  state(): AsideState {
    return {
      entries: this.#entries,
      taken: [...this.#taken],
      hasOpen: this.#hasOpen,
      hasLackingId: this.#hasLackingId,
    }
  }

  #keep(each: AsideEntry): void {
    this.#entries.push(each)
    if (each.entry.at !== null) return
    if (each.entry.id !== null) append(this.#byId, each.entry.id, each)
    if (each.entry.whatsappId !== null) append(this.#byWhatsappId, each.entry.whatsappId, each)
  }

  #outcome({ entry, found, taken }: AsideEntry, claimed: Map<string, number>): Outcome | null {
    const known =
      this.#displaced.get(entry.entry) ?? (found.length === 0 ? this.#displacedNamed(entry) : null)
    const messages = known === null ? found : [known]
    const [message] = messages
    const other = message === undefined ? (taken ?? this.#firstNamed(entry, claimed)) : null
    const named = message ?? other?.message
    if (named === undefined) return null
    const rule = entry.id === named.upstreamId ? 'id' : 'whatsappId'
    if (messages.length > 1) return { kind: 'ambiguous', rule, candidates: messages.map(referTo) }
    const key = messageKey(named)
    const of = other?.by ?? this.#taken.get(key) ?? claimed.get(key)
    claimed.set(key, of ?? entry.entry)
    return of === undefined
      ? { kind: 'paired', rule, message: named }
      : { kind: 'duplicate', rule, message: named, of }
  }

  /** A message that this entry names, and that is outside of the window of another one. */
  #displacedNamed({ id, whatsappId }: ComparedEntry): ComparedMessage | null {
    const named =
      this.#displacedByName.get(`id\n${id}`) ?? this.#displacedByName.get(`whatsappId\n${whatsappId}`)
    return named ?? null
  }

  /** The message that an earlier entry without a time has claimed under the same identifier. */
  #firstNamed({ id, whatsappId }: ComparedEntry, claimed: ReadonlyMap<string, number>): AsideEntry['taken'] {
    if (claimed.size === 0) return null
    const others = [...(this.#byId.get(id ?? '') ?? []), ...(this.#byWhatsappId.get(whatsappId ?? '') ?? [])]
    const [first] = others.flatMap(({ entry, found }) =>
      found.map((message) => ({ message, by: entry.entry })),
    )
    return first ?? null
  }
}
