import type { TimeRange } from '@waybill/core'
import { compareEntry, compareMessage, textKey } from '../compare/compared.js'
import type { LogEntry } from '../entry.js'
import type { Summary, TimeShift } from '../finding.js'
import type { HistoryMessage } from '../history-message.js'
import { DoubtIndex } from '../judge/doubt-index.js'
import { readOptions, type ReconcileOptions, type Settings } from '../options.js'
import { Occurrences } from './occurrences.js'
import { ShiftVotes } from './shift-votes.js'

const MINUTE_MS = 60_000
/** Time zones differ by whole quarters of an hour. */
const STEP_MS = 15 * MINUTE_MS

/** The largest shift: that of the time zones that are furthest apart. */
export const LARGEST_SHIFT_MS: number = 26 * 60 * MINUTE_MS

/** More numbers and texts than these, within a shift of each other, are not compared: a part of them shows as much. */
const MOST_RUNS = 50_000

/** Fewer entries without a message are no sign of a shift. */
const LEAST_SUSPICIOUS = 5

/** What a shift is looked for with. */
export interface TimeShiftOptions extends Pick<ReconcileOptions, 'window' | 'since' | 'until' | 'doubts'> {
  /** The span whose messages are added. Best, it is wider than the log by {@link LARGEST_SHIFT_MS} on both sides. */
  readonly read: TimeRange
}

/** Whether enough entries have no message at their time that it is worth to look for a shift. */
export function maybeShifted({ verdicts }: Pick<Summary, 'verdicts'>): boolean {
  return (verdicts.MISSING_THERE ?? 0) + (verdicts.FIELD_DIFFERS ?? 0) >= LEAST_SUSPICIOUS
}

/**
 * Looks for a constant shift between the times of a log and those of the history, as a wrong time zone makes it.
 *
 * A pair of an entry and a message counts if they have the same number and text, and if no other entry and no other message
 * with both is within 26 hours of one of them. It speaks for the shift of whole quarter hours at which the message is within the window
 * of the entry; without a shift, or at none, it speaks against all. So does an entry without a message if its number
 * and text occur several times: what is sent daily always has a message 24 hours later. A pair is evidence of a shift only
 * where the history is complete: in the window of the entry, and around the message as far as the shift is long. A shift needs five entries
 * in five minutes of the log, and two entries for each one that speaks against it, in days that follow each other.
 *
 * Entries and messages are added together in order of time, more or less: a disorder of up to 26 hours does no harm among messages that are earlier or
 * later than all entries. Memory does not depend on how many there are: with more than 50,000 different numbers and texts within 26 hours, a part
 * of them is left out, the same one each time.
 */
export class TimeShiftFinder {
  readonly #settings: Pick<Settings, 'window' | 'since' | 'until'>
  readonly #read: TimeRange
  readonly #doubts: DoubtIndex
  readonly #votes = new ShiftVotes()
  readonly #occurrences: Occurrences

  /** @throws WaybillError BAD_USER_INPUT for options that cannot be. */
  constructor({ read, ...options }: TimeShiftOptions) {
    const { window, since, until, doubts } = readOptions({ ...options, now: 0 })
    this.#settings = { window, since, until }
    this.#read = read
    this.#doubts = new DoubtIndex(doubts)
    const reachMs = LARGEST_SHIFT_MS + window.beforeMs + window.afterMs
    this.#occurrences = new Occurrences(window, reachMs, MOST_RUNS, {
      pair: (at, sentAt) => this.#countPair(at, sentAt),
      unclear: (at) => this.#count(at, null),
    })
  }

  addEntry(entry: LogEntry): void {
    const { at, to, text } = compareEntry(entry)
    const key = textKey(to, text)
    if (at !== null && key !== null) this.#occurrences.addEntry(key, at)
  }

  addMessage(message: HistoryMessage): void {
    if (message.direction === 'INBOUND') return
    const { sentAt, to, text } = compareMessage({ ...message, raw: undefined })
    const key = textKey(to, text)
    if (key !== null) this.#occurrences.addMessage(key, sentAt)
  }

  /** The shifts, when everything was added: none, one, or two an hour apart. */
  shifts(): readonly TimeShift[] {
    this.#occurrences.end()
    return this.#votes.shifts()
  }

  #countPair(at: number, sentAt: number): void {
    const { beforeMs, afterMs } = this.#settings.window
    const shift = shiftOf(sentAt - at, this.#settings.window)
    if (shift === null || shift === 0) return this.#count(at, null)
    const around = Math.abs(shift) + beforeMs + afterMs
    const from = Math.min(at - beforeMs, sentAt - around)
    const to = Math.max(at + afterMs, sentAt + around)
    const isComplete =
      from >= this.#read.from && to <= this.#read.to && this.#doubts.gravest({ from, to }) === null
    if (isComplete) this.#count(at, shift / 1000)
  }

  #count(at: number, seconds: number | null): void {
    const { since, until } = this.#settings
    if (at >= (since ?? at) && at <= (until ?? at)) this.#votes.add(at, seconds)
  }
}

/** The nearest shift at which a message is within the window; null where it is within none. */
function shiftOf(delta: number, { beforeMs, afterMs }: Settings['window']): number | null {
  const fits = (shift: number): boolean => delta - shift >= -beforeMs && delta - shift <= afterMs
  if (fits(0)) return 0
  const nearest = Math.round(delta / STEP_MS) * STEP_MS
  const [shift] = [nearest, nearest - STEP_MS, nearest + STEP_MS].filter(
    (each) => fits(each) && Math.abs(each) <= LARGEST_SHIFT_MS,
  )
  return shift ?? null
}
