import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import type { ItemBuffer } from './item-buffer.js'
import { addToGroup, type OpenGroup, cutGroup, newGroup, openItems } from './open-group.js'
import type { ComparedEntry, ComparedMessage } from '../compare/compared.js'
import { type BufferedItem, type BufferedEntry, type BufferedMessage, isGivenUp } from './buffered-item.js'
import { settleGroup } from './settle-group.js'
import type { MatchingStage } from './matching-stage.js'

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
  settle?(entries: readonly BufferedEntry[], messages: readonly BufferedMessage[], settings: Settings): void
}

/** Groups what has the same key, and settles each group once nothing can be added to it any more. */
export class GroupStage implements MatchingStage {
  released: number
  readonly #index: number
  readonly #grouping: Grouping
  readonly #buffer: ItemBuffer
  readonly #settings: Settings
  readonly #reach: number
  readonly #lag: number
  readonly #open = new Map<string, OpenGroup>()
  readonly #groupsOf = new Map<BufferedItem, Set<OpenGroup>>()
  #entries: number
  #messages: number
  #closing: number

  /** @param index - how many stages are before this one. */
  constructor(index: number, grouping: Grouping, buffer: ItemBuffer, settings: Settings) {
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

  #enterEntry(held: BufferedEntry): void {
    const key = held.outcome === null || isGivenUp(held) ? this.#grouping.entryKey(held.entry) : null
    if (key === null) {
      held.done = this.#index + 1
      return
    }
    this.#grouping.onEntry?.(held.entry, true)
    this.#add(held, key)
  }

  #enterMessage(held: BufferedMessage): void {
    const keys = held.state === 'open' || isGivenUp(held) ? this.#grouping.messageKeys(held.message) : []
    if (keys.length === 0) held.done = this.#index + 1
    for (const key of keys) this.#add(held, key)
  }

  #add(item: BufferedItem, key: string): void {
    const group = this.#open.get(key) ?? newGroup(key)
    this.#open.set(key, group)
    addToGroup(group, item)
    const groups = this.#groupsOf.get(item) ?? new Set()
    this.#groupsOf.set(item, groups.add(group))
    if (this.#lag > 0) return
    for (const taken of cutGroup(group, item.time, this.#grouping.rule, this.#settings))
      this.#leave(taken, group)
  }

  #closeUntil(time: number): void {
    for (; this.#closing < this.#messages; this.#closing++) {
      const item = this.#buffer.at(this.#closing)
      if (item === undefined || item.time + this.#reach + this.#lag >= time) return
      for (const group of this.#groupsOf.get(item) ?? []) if (group.last === item) this.#close(group)
    }
  }

  #close(group: OpenGroup): void {
    const { entries, messages } = openItems(group)
    const { settle, rule } = this.#grouping
    if (settle === undefined) settleGroup(entries, messages, rule, this.#settings)
    else settle(entries, messages, this.#settings)
    this.#open.delete(group.key)
    for (const item of [...group.entries, ...group.messages]) this.#leave(item, group)
  }

  #leave(item: BufferedItem, group: OpenGroup): void {
    const groups = this.#groupsOf.get(item)
    groups?.delete(group)
    if (groups !== undefined && groups.size > 0) return
    this.#groupsOf.delete(item)
    item.done = this.#index + 1
    if (item.kind === 'entry') this.#grouping.onEntry?.(item.entry, false)
  }
}
