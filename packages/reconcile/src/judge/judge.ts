import {
  DOUBT_REASONS,
  type DoubtReason,
  type Finding,
  type OpenRange,
  type ResemblingField,
} from '../finding.js'
import type { AsideResult } from '../match/aside-entries.js'
import type { ItemBuffer } from '../match/item-buffer.js'
import { type ComparedEntry, type ComparedMessage, textKey } from '../compare/compared.js'
import type { BufferedEntry, BufferedMessage, Outcome } from '../match/buffered-item.js'
import { append, take } from '../match/message-index.js'
import type { Settings } from '../options.js'
import { DoubtIndex } from './doubt-index.js'
import { lookAround, type Surroundings } from './surroundings.js'
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
  /** Entries by number and text, and by WhatsApp id, of the message that they claim. */
  readonly #claims = new Map<string, BufferedEntry[]>()
  /** The first place that is not among the claims yet. */
  #claimed: number
  #entries: number
  #messages: number

  /** @param stages - how many stages an item has been through before it is judged. */
  constructor(buffer: ItemBuffer, stages: number, settings: Settings) {
    this.#buffer = buffer
    this.#settings = settings
    this.#stages = stages
    this.#doubts = new DoubtIndex(settings.doubts)
    this.#claimed = buffer.first
    this.#entries = buffer.first
    this.#messages = buffer.first
  }

  /**
   * @param limit - the first place that the last stage is not done with.
   * @param time - everything earlier than this has been through all stages.
   */
  *judge(limit: number, time: number): Iterable<Finding> {
    const { beforeMs, afterMs } = this.#settings.window
    for (; this.#claimed < limit; this.#claimed++) {
      const item = this.#buffer.at(this.#claimed)
      if (item?.kind === 'entry') this.#remember(item, append)
    }
    for (; this.#entries < limit; this.#entries++) {
      const item = this.#buffer.at(this.#entries)
      if (item === undefined || item.time + afterMs >= time) break
      if (item.kind !== 'entry' || item.done > this.#stages) continue
      if (item.outcome === null && !this.#isSurrounded(item.time, limit, time)) break
      item.done = this.#stages + 1
      yield this.#ofEntry(item.entry, item.outcome)
    }
    for (; this.#messages < this.#entries; this.#messages++) {
      const item = this.#buffer.at(this.#messages)
      if (item === undefined || item.time + beforeMs + afterMs >= time) break
      // An entry that is not judged yet may still show that the message may be its own, or resembles it: see `#spanOf`.
      const next = this.#buffer.at(this.#entries)?.time ?? Infinity
      if (next <= item.time + 2 * beforeMs + afterMs) break
      if (item.kind !== 'message' || item.done > this.#stages) continue
      item.done = this.#stages + 1
      if (item.state === 'open' || item.state === 'possible') yield* this.#ofMessage(item)
    }
    // What is within the span of an entry that is not judged yet.
    const needed = Math.min(time, this.#buffer.at(this.#entries)?.time ?? time) - 2 * beforeMs - afterMs
    let place = this.#buffer.first
    while (place < this.#messages && (this.#buffer.at(place)?.time ?? Infinity) < needed) place += 1
    this.#forget(place)
  }

  /** Whether everything is settled that may be within the span of an unmatched entry: see `#spanOf`. */
  #isSurrounded(at: number, limit: number, time: number): boolean {
    const { beforeMs, afterMs } = this.#settings.window
    const reach = at + 2 * afterMs + beforeMs
    return reach < time && (this.#buffer.at(limit)?.time ?? Infinity) > reach
  }

  /** The finding about an entry that has no place in the order of time. */
  ofAside({ entry, outcome, notListed }: AsideResult): Finding {
    const isPossible = notListed !== null
    return this.#ofEntry(entry, outcome, { isPossible, notListed: notListed ?? [], similar: [] })
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

  /**
   * The span in which the message of an unmatched entry may be: its window, and those of the entries that have a message
   * within it. Such an entry may have got the message of this one, and its own may be what is not known.
   */
  #spanOf(entry: ComparedEntry): OpenRange {
    const own = this.#windowOf(entry)
    const key = textKey(entry.to, entry.text)
    if (entry.at === null || key === null) return own
    const owners = (this.#claims.get(`text\n${key}`) ?? []).filter(
      ({ outcome }) =>
        outcome?.kind === 'paired' && outcome.rule === 'text' && isWithin(own, outcome.message.sentAt),
    )
    const windows = [own, ...owners.map((owner) => this.#windowOf(owner.entry))]
    return {
      from: Math.min(...windows.map(({ from }) => from ?? -Infinity)),
      to: Math.max(...windows.map(({ to }) => to ?? Infinity)),
    }
  }

  #isJudged(time: number): boolean {
    const { since, until } = this.#settings
    return (since === null || time >= since) && (until === null || time <= until)
  }

  /** @param around - what is around an unmatched entry. Absent: the buffer shows it. */
  #ofEntry(entry: ComparedEntry, outcome: Outcome | null, around?: Surroundings): Finding {
    const pair = outcome !== null && 'message' in outcome ? outcome : null
    const named = pair === null ? NOTHING : describe(pair.message, entry.at)
    const base: Finding = { entry: entry.entry, verdict: 'CANNOT_TELL', rule: null, ...named, reasons: [] }
    if (!this.#isJudged(entry.at ?? pair?.message.sentAt ?? this.#settings.since ?? this.#settings.now))
      return { ...base, verdict: 'OUTSIDE', rule: pair?.rule ?? null }
    if (outcome === null) return this.#ofMissing(base, entry, around)
    if (outcome.kind === 'given-up') return { ...base, because: outcome.because, span: this.#windowOf(entry) }
    const { rule } = outcome
    const confidence = rule === 'text' ? 'SUGGESTED' : 'CONFIRMED'
    if (outcome.kind === 'ambiguous')
      return { ...base, verdict: 'AMBIGUOUS', rule, confidence: null, candidates: outcome.candidates }
    if (outcome.kind === 'duplicate')
      return { ...base, verdict: 'DUPLICATE_HERE', rule, confidence, duplicateOf: outcome.of }
    return { ...base, rule, confidence, ...pairVerdict(entry, outcome.message, this.#settings) }
  }

  #ofMissing(base: Finding, entry: ComparedEntry, given: Surroundings | undefined): Finding {
    const span = this.#spanOf(entry)
    const own = this.#windowOf(entry)
    const doubt = this.#doubts.gravest(span)
    const { isPossible, notListed, similar } = given ?? lookAround(this.#buffer, entry, span, own)
    const hints = similar.length === 0 ? {} : { similarMessages: similar }
    const because = isPossible ? graver(doubt?.because ?? null, 'NOT_TOLD') : (doubt?.because ?? null)
    if (because === null) {
      // That one of them is missing is proven; which one it is, the times suggest.
      const confidence = span.from === own.from && span.to === own.to ? 'CONFIRMED' : 'SUGGESTED'
      return { ...base, verdict: 'MISSING_THERE', confidence, ...hints }
    }
    if (because === doubt?.because)
      return { ...base, source: doubt.source, because, span: { from: doubt.from, to: doubt.to }, ...hints }
    return { ...base, reasons: reasonsOf(notListed), because, span, ...hints }
  }

  *#ofMessage({ message, state, notListed, similarTo }: BufferedMessage): Iterable<Finding> {
    if (!this.#isJudged(message.sentAt)) return
    const { since, until, logged, window } = this.#settings
    const base: Finding = {
      entry: null,
      verdict: 'MISSING_HERE',
      rule: null,
      ...describe(message, null),
      reasons: [],
      ...(similarTo !== undefined && { similarEntries: similarTo }),
    }
    const from = message.sentAt - window.afterMs
    const to = message.sentAt + window.beforeMs
    if (state === 'possible')
      yield {
        ...base,
        verdict: 'CANNOT_TELL',
        reasons: reasonsOf(notListed ?? []),
        because: 'NOT_TOLD',
        span: { from, to },
      }
    else if (this.#isDuplicate(message))
      yield { ...base, verdict: 'DUPLICATE_THERE', confidence: 'SUGGESTED' }
    else {
      // The entry may be right outside of the log.
      const isInside =
        isWithin({ from: since ?? logged?.from ?? null, to: null }, from) &&
        isWithin({ from: null, to: until ?? logged?.to ?? null }, to)
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

function isWithin({ from, to }: OpenRange, time: number): boolean {
  return time >= (from ?? -Infinity) && time <= (to ?? Infinity)
}

function describe({ source, upstreamId, id, status, sentAt }: ComparedMessage, at: number | null): Described {
  const deltaSeconds = at === null ? null : (sentAt - at) / 1000
  return { confidence: null, source, upstreamId, message: id, deltaSeconds, status }
}

function reasonsOf(notListed: readonly ResemblingField[]): string[] {
  return notListed.map((field) => `${field}: not listed`)
}

function graver(one: DoubtReason | null, other: DoubtReason): DoubtReason {
  return one !== null && DOUBT_REASONS.indexOf(one) <= DOUBT_REASONS.indexOf(other) ? one : other
}
