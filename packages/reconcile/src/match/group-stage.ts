import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import type { Buffer } from './buffer.js'
import { addToChain, type Chain, cutChain, newChain, openItems } from './chain.js'
import type { ComparedEntry, ComparedMessage } from '../compare/compared.js'
import { type Held, type HeldEntry, type HeldMessage, isGivenUp } from './held.js'
import { settleGroup } from './settle-group.js'
import type { Stage } from './stage.js'

/** How a stage groups entries and messages, and settles a group. */
export interface Grouping {
  readonly rule: Rule
  /** The group that an entry is in; null: none. */
  entryKey(entry: ComparedEntry): string | null
  /** The groups that a message is in. */
  messageKeys(message: ComparedMessage): readonly string[]
  /** Whether the keys of messages are had from the entries in their reach, which must be seen first. */
  readonly entriesFirst?: boolean
  /** Called for each entry as it enters and leaves. */
  onEntry?(entry: ComparedEntry, isThere: boolean): void
  /** Settles a group that is complete. Default: the assignment with the least total distance. */
  settle?(entries: readonly HeldEntry[], messages: readonly HeldMessage[], settings: Settings): void
}

/** Groups what has the same key, and settles each group once nothing can be added to it any more. */
export class GroupStage implements Stage {
  released: number
  readonly #index: number
  readonly #grouping: Grouping
  readonly #buffer: Buffer
  readonly #settings: Settings
  readonly #reach: number
  readonly #lag: number
  readonly #open = new Map<string, Chain>()
  readonly #chainsOf = new Map<Held, Set<Chain>>()
  #entries: number
  #messages: number
  #closing: number

  /** @param index - how many stages are before this one. */
  constructor(index: number, grouping: Grouping, buffer: Buffer, settings: Settings) {
    const { beforeMs, afterMs } = settings.window
    this.#index = index
    this.#grouping = grouping
    this.#buffer = buffer
    this.#settings = settings
    this.#reach = Math.max(beforeMs, afterMs)
    this.#lag = grouping.entriesFirst === true ? beforeMs : 0
    this.released = buffer.first
    this.#entries = buffer.first
    this.#messages = buffer.first
    this.#closing = buffer.first
  }

  advance(limit: number, time: number): void {
    this.#enterAll(limit, time)
    this.#closeUntil(time)
    while (this.released < this.#entries && this.#isDone(this.released)) this.released += 1
  }

  #isDone(place: number): boolean {
    return (this.#buffer.at(place)?.done ?? 0) > this.#index
  }

  #enterAll(limit: number, time: number): void {
    for (; this.#entries < limit; this.#entries++) {
      const item = this.#buffer.at(this.#entries)
      if (item?.kind === 'entry' && !this.#isDone(this.#entries)) this.#enterEntry(item)
      this.#enterMessages(this.#entries, item?.time ?? time)
    }
    this.#enterMessages(limit - 1, time)
  }

  /** Messages up to a place, as far as all entries that give them keys have entered. */
  #enterMessages(last: number, time: number): void {
    for (; this.#messages <= last; this.#messages++) {
      const item = this.#buffer.at(this.#messages)
      if (item === undefined || (this.#lag > 0 && item.time + this.#lag >= time)) return
      this.#closeUntil(item.time)
      if (item.kind === 'message' && !this.#isDone(this.#messages)) this.#enterMessage(item)
    }
  }

  #enterEntry(held: HeldEntry): void {
    const key = held.outcome === null || isGivenUp(held) ? this.#grouping.entryKey(held.entry) : null
    if (key === null) {
      held.done = this.#index + 1
      return
    }
    this.#grouping.onEntry?.(held.entry, true)
    this.#add(held, key)
  }

  #enterMessage(held: HeldMessage): void {
    const keys = held.state === 'open' || isGivenUp(held) ? this.#grouping.messageKeys(held.message) : []
    if (keys.length === 0) held.done = this.#index + 1
    for (const key of keys) this.#add(held, key)
  }

  #add(item: Held, key: string): void {
    const chain = this.#open.get(key) ?? newChain(key)
    this.#open.set(key, chain)
    addToChain(chain, item)
    const chains = this.#chainsOf.get(item) ?? new Set()
    this.#chainsOf.set(item, chains.add(chain))
    if (this.#lag > 0) return
    for (const taken of cutChain(chain, item.time, this.#grouping.rule, this.#settings))
      this.#leave(taken, chain)
  }

  #closeUntil(time: number): void {
    for (; this.#closing < this.#messages; this.#closing++) {
      const item = this.#buffer.at(this.#closing)
      if (item === undefined || item.time + this.#reach + this.#lag >= time) return
      for (const chain of this.#chainsOf.get(item) ?? []) if (chain.last === item) this.#close(chain)
    }
  }

  #close(chain: Chain): void {
    const { entries, messages } = openItems(chain)
    const { settle, rule } = this.#grouping
    if (settle === undefined) settleGroup(entries, messages, rule, this.#settings)
    else settle(entries, messages, this.#settings)
    this.#open.delete(chain.key)
    for (const item of [...chain.entries, ...chain.messages]) this.#leave(item, chain)
  }

  #leave(item: Held, chain: Chain): void {
    const chains = this.#chainsOf.get(item)
    chains?.delete(chain)
    if (chains !== undefined && chains.size > 0) return
    this.#chainsOf.delete(item)
    item.done = this.#index + 1
    if (item.kind === 'entry') this.#grouping.onEntry?.(item.entry, false)
  }
}
