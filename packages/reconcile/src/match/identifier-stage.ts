import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import { pairVerdict } from '../compare/pair-verdict.js'
import type { AsideEntries } from './aside-entries.js'
import type { ItemBuffer } from './item-buffer.js'
import { referTo } from '../compare/compared.js'
import type { BufferedEntry, BufferedMessage } from './buffered-item.js'
import type { MessageIndex } from './message-index.js'
import type { MatchingStage } from './matching-stage.js'

/** The rules `id` and `whatsappId`: an entry claims the message that it names, the first entry first. */
export class IdentifierStage implements MatchingStage {
  released: number
  readonly #buffer: ItemBuffer
  readonly #index: MessageIndex
  readonly #aside: AsideEntries
  readonly #settings: Settings
  #next: number

  constructor(buffer: ItemBuffer, index: MessageIndex, aside: AsideEntries, settings: Settings) {
    this.#buffer = buffer
    this.#index = index
    this.#aside = aside
    this.#settings = settings
    this.released = buffer.first
    this.#next = buffer.first
  }

  advance(limit: number, time: number): void {
    for (; this.#next < limit; this.#next++) {
      const item = this.#buffer.at(this.#next)
      if (item?.kind !== 'entry' || item.done > 0) continue
      if (item.time + this.#settings.window.afterMs >= time) break
      this.#resolve(item)
      item.done = 1
    }
    const reached = this.#next < limit ? (this.#buffer.at(this.#next)?.time ?? time) : time
    this.#release(reached)
  }

  /** Lets messages go once every entry that could name them has been asked. */
  #release(reached: number): void {
    for (; this.released < this.#next; this.released++) {
      const item = this.#buffer.at(this.released)
      if (item?.kind !== 'message' || item.done > 0) continue
      if (item.time + this.#settings.window.beforeMs >= reached) return
      this.#aside.offer(item)
      item.done = 1
    }
  }

  #resolve(held: BufferedEntry): void {
    const { id, whatsappId } = held.entry
    if (id !== null) this.#claim(held, 'id', this.#within(held, this.#index.withId(id)))
    if (held.outcome === null && whatsappId !== null)
      this.#claim(held, 'whatsappId', this.#within(held, this.#index.withWhatsappId(whatsappId)))
  }

  #within({ time }: BufferedEntry, messages: readonly BufferedMessage[]): BufferedMessage[] {
    const { beforeMs, afterMs } = this.#settings.window
    return messages.filter((each) => each.time >= time - beforeMs && each.time <= time + afterMs)
  }

  #claim(held: BufferedEntry, rule: Rule, named: readonly BufferedMessage[]): void {
    const open = named.filter(({ state }) => state === 'open')
    const [first] = named
    if (first === undefined) return
    if (open.length === 0) {
      const of = first.claimedBy ?? held.entry.entry
      held.outcome = { kind: 'duplicate', rule, message: first.message, of }
      return
    }
    const verdictOf = ({ message }: BufferedMessage): string =>
      pairVerdict(held.entry, message, this.#settings).verdict
    // Two sources may use one id: the other fields decide. WhatsApp's ids are unique: then two sources list one message.
    const agreeing = open.filter((each) => verdictOf(each) !== 'FIELD_DIFFERS')
    const [choice, ...others] = agreeing.length > 0 ? agreeing : open
    if (choice === undefined) return
    const isOne = rule === 'whatsappId' && others.every((each) => verdictOf(each) === verdictOf(choice))
    if (others.length === 0 || isOne) {
      held.outcome = { kind: 'paired', rule, message: choice.message }
      choice.state = 'claimed'
      choice.claimedBy = held.entry.entry
    } else {
      const candidates = [choice, ...others]
      held.outcome = {
        kind: 'ambiguous',
        rule,
        candidates: candidates.map(({ message }) => referTo(message)),
      }
      for (const candidate of candidates) {
        candidate.state = 'candidate'
        candidate.claimedBy = held.entry.entry
      }
    }
  }
}
