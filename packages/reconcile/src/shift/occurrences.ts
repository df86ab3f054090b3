import { DAY_MS } from '@waybill/core'
import type { MatchWindow } from '../options.js'
import { HASHES, hashKey } from './hash-key.js'

/** What entries and messages with the same number and text show about a shift. */
export interface Evidence {
  /** One entry and one message, and no other of either kind near them. */
  pair(at: number, sentAt: number): void
  /**
   * An entry without a message in its window, while there are several messages or entries that it may be mistaken for. At most
   * one a day for each number and text: a message of every hour counts no more than one of every day.
   */
  unclear(at: number): void
}

/** Entries and messages with one number and one text, none of them further than the reach from the one before. */
interface Run {
  entries: number
  messages: number
  /** The time of the first entry, and of the first message. */
  at: number
  sentAt: number
  /** The time of the last one of both. */
  last: number
  lastMessage: number
  /** The latest entries that no message was near. */
  readonly lone: number[]
  /** The last day that was found unclear. */
  unclearDay: number
}

/** Enough to see that a run speaks against a shift. */
const MOST_LONE = 8

/**
 * Finds pairs of an entry and a message that have the same number and text, and that cannot be mistaken for others: a
 * daily reminder and a message that is sent every hour are no evidence. Only what is within the reach is held, and at most
 * `mostRuns` of it: where there is more, a part of the numbers and texts is left out, always the same one.
 */
export class Occurrences {
  readonly #window: MatchWindow
  readonly #reachMs: number
  readonly #mostRuns: number
  readonly #evidence: Evidence
  readonly #runs = new Map<number, Run>()
  /** What has this hash or a higher one is left out. */
  #limit = HASHES

  constructor(window: MatchWindow, reachMs: number, mostRuns: number, evidence: Evidence) {
    this.#window = window
    this.#reachMs = reachMs
    this.#mostRuns = mostRuns
    this.#evidence = evidence
  }

  addEntry(key: string, at: number): void {
    const run = this.#runOf(key, at)
    if (run === null) return
    if (run.entries === 0) run.at = at
    run.entries += 1
    if (run.messages > 0 && at - run.lastMessage <= this.#window.beforeMs) return
    if (run.lone.length === MOST_LONE) {
      const oldest = run.lone.shift()
      if (oldest !== undefined && run.messages > 0) this.#tellUnclear(run, oldest)
    }
    run.lone.push(at)
  }

  addMessage(key: string, sentAt: number): void {
    const run = this.#runOf(key, sentAt)
    if (run === null) return
    if (run.messages === 0) run.sentAt = sentAt
    run.messages += 1
    run.lastMessage = sentAt
    const own = run.lone.findIndex((at) => sentAt - at <= this.#window.afterMs)
    if (own !== -1) run.lone.splice(own, 1)
  }

  /** Passes on what is still held. */
  end(): void {
    for (const run of this.#runs.values()) this.#close(run)
    this.#runs.clear()
  }

  #runOf(key: string, time: number): Run | null {
    const hash = hashKey(key)
    if (hash >= this.#limit) return null
    const known = this.#runs.get(hash)
    if (known !== undefined && time - known.last <= this.#reachMs) {
      known.last = Math.max(known.last, time)
      return known
    }
    if (known !== undefined) this.#close(known)
    const run: Run = {
      entries: 0,
      messages: 0,
      at: 0,
      sentAt: 0,
      last: time,
      lastMessage: 0,
      lone: [],
      unclearDay: Number.NaN,
    }
    this.#runs.set(hash, run)
    if (this.#runs.size > this.#mostRuns) this.#shrink(time)
    return hash < this.#limit ? run : null
  }

  /** Closes what nothing can be added to any more; leaves out a half of the hashes as long as too many are left. */
  #shrink(time: number): void {
    for (const [hash, run] of this.#runs)
      if (time - run.last > this.#reachMs) {
        this.#close(run)
        this.#runs.delete(hash)
      }
    while (this.#runs.size > this.#mostRuns / 2) {
      this.#limit /= 2
      for (const hash of this.#runs.keys()) if (hash >= this.#limit) this.#runs.delete(hash)
    }
  }

  #close(run: Run): void {
    const { entries, messages, at, sentAt, lone } = run
    if (entries === 0 || messages === 0) return
    if (entries === 1 && messages === 1) this.#evidence.pair(at, sentAt)
    else for (const each of lone) this.#tellUnclear(run, each)
  }

  #tellUnclear(run: Run, at: number): void {
    const day = Math.floor(at / DAY_MS)
    if (day !== run.unclearDay) this.#evidence.unclear(at)
    run.unclearDay = day
  }
}
