import type { MatchWindow } from '../options.js'

/** An entry of a group. */
export interface GroupEntry {
  readonly time: number
  /** How many entries before it in the group equal it in every field. */
  readonly rank: number
  /** An identifier that messages with another one contradict; null: none. */
  readonly whatsappId: string | null
}

/** A message of a group. */
export interface GroupMessage {
  readonly time: number
  readonly whatsappId: string | null
}

/** What best assignments have in common, and one of them. Positions count from 0. */
export interface Assignment {
  /** For each entry, the message of the chosen assignment; -1: none. */
  readonly chosen: readonly number[]
  /** For each entry, the messages that any best assignment gives it, in order. */
  readonly options: readonly (readonly number[])[]
  /** For each entry, whether a best assignment leaves it without a message. */
  readonly mayLack: readonly boolean[]
}

/** What is best so far: as a score, and the sum of ranks where scores are equal. */
interface Value {
  readonly score: number
  readonly rank: number
}

/** The values of a row between the first and the last message that its entry, or one before it, can have. */
interface Row {
  readonly low: number
  readonly high: number
  readonly scores: Float64Array
  readonly ranks: Int32Array
}

const WORST: Value = { score: Number.NEGATIVE_INFINITY, rank: 0 }

/**
 * Assigns the messages of a group, in which all have one number and one text, to its entries: one to one, each within
 * the entry's window, as many as possible, with the least total distance in time.
 *
 * An assignment that does not cross is always among the best: the distance is a convex function, and uncrossing two
 * pairs leaves both within the window. So it is the alignment of two sorted lists, found row by row over the entries; a
 * row spans only the messages within the window. (Where some pairs of a group contradict each other, it is the best of
 * those that do not cross.)
 */
export class Alignment {
  readonly #entries: readonly GroupEntry[]
  readonly #messages: readonly GroupMessage[]
  readonly #unit: number
  readonly #rows: Row[] = []

  /** @param entries and messages: sorted by time. */
  constructor(entries: readonly GroupEntry[], messages: readonly GroupMessage[], window: MatchWindow) {
    this.#entries = entries
    this.#messages = messages
    // One more pair outweighs every distance.
    this.#unit = Math.min(entries.length, messages.length) * Math.max(window.beforeMs, window.afterMs) + 1
    this.#rows.push({ low: 0, high: 0, scores: new Float64Array(1), ranks: new Int32Array(1) })
    let low = 0
    let high = 0
    for (const [index, { time }] of entries.entries()) {
      while (low < messages.length && (messages[low]?.time ?? 0) < time - window.beforeMs) low += 1
      while (high < messages.length && (messages[high]?.time ?? 0) <= time + window.afterMs) high += 1
      this.#rows.push(this.#nextRow(index + 1, low, Math.max(low, high)))
    }
  }

  /** One best assignment, and what others would give each entry. */
  assign(): Assignment {
    const { options, mayLack } = this.optionsFrom([[this.#entries.length, this.#messages.length]])
    return { chosen: this.#trace(), options, mayLack }
  }

  /**
   * The pairs that any best assignment of the first `i` entries and the first `j` messages has, for any of the given
   * `[i, j]`.
   */
  optionsFrom(ends: Iterable<readonly [number, number]>): Pick<Assignment, 'options' | 'mayLack'> {
    const reached = this.#rows.map(() => new Set<number>())
    for (const [i, j] of ends) reached[i]?.add(this.#clamp(i, j))
    const options: number[][] = this.#entries.map(() => [])
    const mayLack = this.#entries.map(() => false)
    for (let i = this.#entries.length; i > 0; i--) {
      const open = [...(reached[i] ?? [])]
      for (let j = open.pop(); j !== undefined; j = open.pop()) {
        const here = this.#at(i, j)
        const low = this.#rows[i]?.low ?? 0
        if (j > low && isEqual(this.#at(i, j - 1), here) && !reached[i]?.has(j - 1)) {
          reached[i]?.add(j - 1)
          open.push(j - 1)
        }
        if (isEqual(this.#at(i - 1, j), here)) {
          mayLack[i - 1] = true
          reached[i - 1]?.add(this.#clamp(i - 1, j))
        }
        if (j > low && isEqual(this.#paired(i, j), here)) {
          options[i - 1]?.push(j - 1)
          reached[i - 1]?.add(this.#clamp(i - 1, j - 1))
        }
      }
    }
    return { options: options.map((each) => [...new Set(each)].toSorted((a, b) => a - b)), mayLack }
  }

  /** Of all best assignments, the one with the earliest messages. */
  #trace(): number[] {
    const chosen = this.#entries.map(() => -1)
    let j = this.#messages.length
    for (let i = this.#entries.length; i > 0; i--) {
      j = this.#clamp(i, j)
      const low = this.#rows[i]?.low ?? 0
      const here = this.#at(i, j)
      while (j > low && isEqual(this.#at(i, j - 1), here)) j -= 1
      if (j > low && isEqual(this.#paired(i, j), here)) {
        j -= 1
        chosen[i - 1] = j
      }
    }
    return chosen
  }

  #nextRow(i: number, low: number, high: number): Row {
    const row: Row = {
      low,
      high,
      scores: new Float64Array(high - low + 1),
      ranks: new Int32Array(high - low + 1),
    }
    for (let j = low; j <= high; j++) {
      let best = this.#at(i - 1, j)
      if (j > low) {
        best = better(best, { score: row.scores[j - 1 - low] ?? 0, rank: row.ranks[j - 1 - low] ?? 0 })
        best = better(best, this.#paired(i, j))
      }
      row.scores[j - low] = best.score
      row.ranks[j - low] = best.rank
    }
    return row
  }

  /** The best value where entry `i` has message `j`, both counted from 1. */
  #paired(i: number, j: number): Value {
    const entry = this.#entries[i - 1]
    const message = this.#messages[j - 1]
    if (entry === undefined || message === undefined || contradicts(entry, message)) return WORST
    const { score, rank } = this.#at(i - 1, j - 1)
    return { score: score + this.#unit - Math.abs(message.time - entry.time), rank: rank + entry.rank }
  }

  #at(i: number, j: number): Value {
    const row = this.#rows[i]
    const at = this.#clamp(i, j) - (row?.low ?? 0)
    return { score: row?.scores[at] ?? 0, rank: row?.ranks[at] ?? 0 }
  }

  /** Beyond the last message that an entry so far can have, the value is that of the last one. */
  #clamp(i: number, j: number): number {
    return Math.min(j, this.#rows[i]?.high ?? 0)
  }
}

function better(a: Value, b: Value): Value {
  if (a.score !== b.score) return a.score > b.score ? a : b
  return a.rank <= b.rank ? a : b
}

function isEqual(a: Value, b: Value): boolean {
  return a.score === b.score && a.rank === b.rank
}

function contradicts(entry: GroupEntry, message: GroupMessage): boolean {
  return entry.whatsappId !== null && message.whatsappId !== null && entry.whatsappId !== message.whatsappId
}
