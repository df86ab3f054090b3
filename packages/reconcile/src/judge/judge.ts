import { DOUBT_REASONS, type DoubtReason, type Finding, type OpenRange } from '../finding.js'
import type { AsideResult } from '../match/aside-entries.js'
import type { ItemBuffer } from '../match/item-buffer.js'
import { type ComparedEntry, type ComparedMessage, textKey } from '../compare/compared.js'
import type { BufferedEntry, BufferedMessage, Outcome } from '../match/buffered-item.js'
import { append, take } from '../match/message-index.js'
import type { Settings } from '../options.js'
import { DoubtIndex } from './doubt-index.js'
import { mayBe } from '../compare/may-be.js'
import { pairVerdict } from '../compare/pair-verdict.js'

type Described = Pick<Finding, 'confidence' | 'source' | 'upstreamId' | 'message' | 'deltaSeconds' | 'status'>

const NOTHING: Described = {
  confidence: null,
  source: null,
  upstreamId: null,
  message: null,
  deltaSeconds: null,
  status: null,
}

/** Makes findings of the results of the rules, once nothing can change them. */
export class Judge {
  readonly #buffer: ItemBuffer
  readonly #settings: Settings
  readonly #doubts: DoubtIndex
  readonly #stages: number
  /** Judged entries by number and text, and by WhatsApp id, of the message that they claim. */
  readonly #claims = new Map<string, BufferedEntry[]>()
  #entries: number
  #messages: number

  /** @param stages - how many stages an item has been through before it is judged. */
  constructor(buffer: ItemBuffer, stages: number, settings: Settings) {
    this.#buffer = buffer
    this.#settings = settings
    this.#stages = stages
    this.#doubts = new DoubtIndex(settings.doubts)
    this.#entries = buffer.first
    this.#messages = buffer.first
    for (const item of buffer.items())
      if (item.kind === 'entry' && item.done > stages) this.#remember(item, append)
  }

  /**
   * @param limit - the first place that the last stage is not done with.
   * @param time - everything earlier than this has been through all stages.
   */
  *judge(limit: number, time: number): Iterable<Finding> {
    const { beforeMs, afterMs } = this.#settings.window
    for (; this.#entries < limit; this.#entries++) {
      const item = this.#buffer.at(this.#entries)
      if (item === undefined || item.time + afterMs >= time) break
      if (item.kind !== 'entry' || item.done > this.#stages) continue
      item.done = this.#stages + 1
      this.#remember(item, append)
      yield this.#ofEntry(item.entry, item.outcome, this.#possible(item))
    }
    for (; this.#messages < this.#entries; this.#messages++) {
      const item = this.#buffer.at(this.#messages)
      if (item === undefined || item.time + beforeMs + afterMs >= time) break
      if (item.kind !== 'message' || item.done > this.#stages) continue
      item.done = this.#stages + 1
      if (item.state === 'open' || item.state === 'possible') yield* this.#ofMessage(item)
    }
    const isPast = (place: number): boolean =>
      (this.#buffer.at(place)?.time ?? Infinity) + beforeMs + afterMs < time
    let place = this.#buffer.first
    while (place < this.#messages && isPast(place)) place += 1
    this.#forget(place)
  }

  /** The finding about an entry that has no place in the order of time. */
  ofAside({ entry, outcome, isPossible }: AsideResult): Finding {
    return this.#ofEntry(entry, outcome, isPossible)
  }

  /** Called for each message that is not needed any more. */
  onDrop: (held: BufferedMessage) => void = () => undefined

  #forget(place: number): void {
    // Dropping costs as much as what stays is long, so it is done for many at once.
    if (place - this.#buffer.first < 256) return
    for (const item of this.#buffer.drop(place)) {
      if (item.kind === 'entry') this.#remember(item, take)
      else this.onDrop(item)
    }
  }

  #remember(held: BufferedEntry, change: typeof append<BufferedEntry>): void {
    if (held.outcome?.kind !== 'paired') return
    const { to, text, whatsappId } = held.outcome.message
    const key = textKey(to, text)
    if (key !== null) change(this.#claims, `text\n${key}`, held)
    if (whatsappId !== null) change(this.#claims, `whatsappId\n${whatsappId}`, held)
  }

  #windowOf({ at }: ComparedEntry): OpenRange {
    const { window, since, until } = this.#settings
    return at === null ? { from: since, to: until } : { from: at - window.beforeMs, to: at + window.afterMs }
  }

  /** Whether an unmatched entry may be a message that lacks a field. Such messages are marked. */
  #possible({ entry, outcome }: BufferedEntry): boolean {
    if (outcome !== null) return false
    const { from, to } = this.#windowOf(entry)
    let isPossible = false
    for (let place = this.#buffer.placeOf(from ?? -Infinity); place < this.#buffer.end; place++) {
      const item = this.#buffer.at(place)
      if (item === undefined || item.time > (to ?? Infinity)) break
      if (item.kind !== 'message' || (item.state !== 'open' && item.state !== 'possible')) continue
      if (!mayBe(entry, item.message)) continue
      item.state = 'possible'
      isPossible = true
    }
    return isPossible
  }

  #isJudged(time: number): boolean {
    const { since, until } = this.#settings
    return (since === null || time >= since) && (until === null || time <= until)
  }

  #ofEntry(entry: ComparedEntry, outcome: Outcome | null, isPossible: boolean): Finding {
    const pair = outcome !== null && 'message' in outcome ? outcome : null
    const named = pair === null ? NOTHING : describe(pair.message, entry.at)
    const base: Finding = { entry: entry.entry, verdict: 'CANNOT_TELL', rule: null, ...named, reasons: [] }
    if (!this.#isJudged(entry.at ?? pair?.message.sentAt ?? this.#settings.since ?? this.#settings.now))
      return { ...base, verdict: 'OUTSIDE', rule: pair?.rule ?? null }
    if (outcome === null) return this.#ofMissing(base, entry, isPossible)
    if (outcome.kind === 'given-up') return { ...base, because: outcome.because, span: this.#windowOf(entry) }
    const { rule } = outcome
    const confidence = rule === 'text' ? 'SUGGESTED' : 'CONFIRMED'
    if (outcome.kind === 'ambiguous')
      return { ...base, verdict: 'AMBIGUOUS', rule, confidence: null, candidates: outcome.candidates }
    if (outcome.kind === 'duplicate') return { ...base, verdict: 'DUPLICATE_HERE', rule, confidence }
    return { ...base, rule, confidence, ...pairVerdict(entry, outcome.message, this.#settings) }
  }

  #ofMissing(base: Finding, entry: ComparedEntry, isPossible: boolean): Finding {
    const window = this.#windowOf(entry)
    const doubt = this.#doubts.gravest(window)
    const because = isPossible ? graver(doubt?.because ?? null, 'NOT_TOLD') : (doubt?.because ?? null)
    if (because === null) return { ...base, verdict: 'MISSING_THERE', confidence: 'CONFIRMED' }
    if (because === doubt?.because)
      return { ...base, source: doubt.source, because, span: { from: doubt.from, to: doubt.to } }
    return { ...base, because, span: window }
  }

  *#ofMessage({ message, state }: BufferedMessage): Iterable<Finding> {
    if (!this.#isJudged(message.sentAt)) return
    const { since, until, window } = this.#settings
    const base: Finding = {
      entry: null,
      verdict: 'MISSING_HERE',
      rule: null,
      ...describe(message, null),
      reasons: [],
    }
    const from = message.sentAt - window.afterMs
    const to = message.sentAt + window.beforeMs
    if (state === 'possible')
      yield { ...base, verdict: 'CANNOT_TELL', because: 'NOT_TOLD', span: { from, to } }
    else if (this.#isDuplicate(message))
      yield { ...base, verdict: 'DUPLICATE_THERE', confidence: 'SUGGESTED' }
    else {
      // The entry may be right outside of the log.
      const isInside = (since === null || from >= since) && (until === null || to <= until)
      yield { ...base, confidence: isInside ? 'CONFIRMED' : 'SUGGESTED' }
    }
  }

  /** Whether an entry within reach claims a message with the same number and text, or the same WhatsApp id. */
  #isDuplicate({ to, text, whatsappId, sentAt }: ComparedMessage): boolean {
    const { beforeMs, afterMs } = this.#settings.window
    const key = textKey(to, text)
    const claims = [
      ...(key === null ? [] : (this.#claims.get(`text\n${key}`) ?? [])),
      ...(whatsappId === null ? [] : (this.#claims.get(`whatsappId\n${whatsappId}`) ?? [])),
    ]
    return claims.some(({ time }) => sentAt >= time - beforeMs && sentAt <= time + afterMs)
  }
}

function describe({ source, upstreamId, id, status, sentAt }: ComparedMessage, at: number | null): Described {
  const deltaSeconds = at === null ? null : (sentAt - at) / 1000
  return { confidence: null, source, upstreamId, message: id, deltaSeconds, status }
}

function graver(one: DoubtReason | null, other: DoubtReason): DoubtReason {
  return one !== null && DOUBT_REASONS.indexOf(one) <= DOUBT_REASONS.indexOf(other) ? one : other
}
