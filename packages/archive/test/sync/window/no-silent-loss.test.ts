import fc from 'fast-check'
import { expect, it } from 'vitest'
import { judgeWindow, type SeenWindow, type WindowVerdict } from '../../../src/sync/window/judge-window.js'

const CAPACITY = 24
const MOST_AHEAD = 9
/** Later than any clock gets here. */
const AHEAD = 100_000
const RUNS = { numRuns: 3000 }

interface Row {
  readonly id: number
  readonly time: number
}

interface Range {
  readonly from: number
  readonly to: number
}

/** What happens until a poll. */
interface Meanwhile {
  /** How much later each message is sent than the one before. */
  readonly steps: readonly number[]
  /** How many messages dated ahead arrive; they stay on top. */
  readonly ahead: number
  /** How far the upstream's clock is ahead of the one here by then. */
  readonly differenceMs: number
}

function meanwhile(shortestStep: number): fc.Arbitrary<Meanwhile> {
  const step = fc.integer({ min: shortestStep, max: shortestStep + 3 })
  return fc.record({
    // Quiet, or about as much as a window holds.
    steps: fc.oneof(
      fc.array(step, { maxLength: CAPACITY }),
      fc.array(step, { minLength: CAPACITY - MOST_AHEAD - 3, maxLength: CAPACITY + 10, size: 'max' }),
    ),
    ahead: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: MOST_AHEAD })),
    differenceMs: fc.oneof(fc.constant(0), fc.integer({ min: -60, max: 60 })),
  })
}

function stories(shortestStep: number): fc.Arbitrary<Meanwhile[]> {
  return fc.array(meanwhile(shortestStep), { minLength: 1, maxLength: 10 })
}

/** All that there is upstream, and what a sync makes of it. */
class Story {
  readonly #all: Row[] = [{ id: 0, time: 1000 }]
  readonly #stored = new Set<number>()
  readonly #gaps: Range[] = []
  #seen: SeenWindow | null = null
  #covered: Range | null = null
  #clock = 1000
  #ahead = 0

  /** How many messages are dated ahead. */
  get ahead(): number {
    return this.#ahead
  }

  /** @returns how many messages arrived, and the verdict */
  next({ steps, ahead, differenceMs }: Meanwhile): {
    readonly arrived: number
    readonly verdict: WindowVerdict
  } {
    const before = this.#all.length
    for (const step of steps) {
      this.#clock += step
      this.#add(this.#clock)
    }
    const allAhead = Math.min(MOST_AHEAD, this.#ahead + ahead)
    while (this.#ahead < allAhead) this.#add(AHEAD + (this.#ahead += 1))
    return { arrived: this.#all.length - before, verdict: this.#poll(this.#clock - differenceMs) }
  }

  /** What is said to be covered, and is neither stored nor in a gap. */
  get missing(): Row[] {
    const { from } = this.#covered ?? { from: Number.POSITIVE_INFINITY }
    return this.#all.filter(
      ({ id, time }) =>
        time >= from &&
        !this.#stored.has(id) &&
        !this.#gaps.some((gap) => gap.from <= time && time <= gap.to),
    )
  }

  #add(time: number): void {
    this.#all.push({ id: this.#all.length, time })
  }

  #poll(polledAt: number): WindowVerdict {
    // Within one time a window may leave out any of the messages.
    const window = this.#all.toSorted((a, b) => b.time - a.time || a.id - b.id).slice(0, CAPACITY)
    const timesOf = (areKnown: boolean): number[] =>
      window.filter(({ id }) => this.#stored.has(id) === areKnown).map(({ time }) => time)
    const verdict = judgeWindow(this.#seen, {
      polledAt,
      known: timesOf(true),
      unknown: timesOf(false),
      isFull: window.length >= CAPACITY,
    })
    for (const { id } of window) this.#stored.add(id)
    if (verdict.gap !== null) this.#gaps.push(verdict.gap)
    this.#seen = verdict.seen
    const { coverage } = verdict
    const joins = this.#covered !== null && coverage.from <= this.#covered.to
    this.#covered = { from: joins ? (this.#covered?.from ?? 0) : coverage.from, to: coverage.to }
    return verdict
  }
}

it('nothing is missed without a word, whatever arrives, however clocks differ, and though some are dated ahead', () => {
  fc.assert(
    fc.property(stories(0), (polls) => {
      const story = new Story()
      for (const poll of polls) story.next(poll)
      expect(story.missing).toEqual([])
    }),
    RUNS,
  )
})

it('no gap is reported while eleven messages stay, however clocks differ', () => {
  fc.assert(
    fc.property(stories(1), (polls) => {
      const story = new Story()
      for (const poll of polls) {
        const { arrived, verdict } = story.next(poll)
        if (arrived < CAPACITY - MOST_AHEAD - 1) expect(verdict.gap).toBeNull()
      }
    }),
    RUNS,
  )
})

it('no gap is reported while two messages stay that are not dated ahead, where clocks agree', () => {
  fc.assert(
    fc.property(stories(1), (polls) => {
      const story = new Story()
      for (const poll of polls) {
        const { arrived, verdict } = story.next({ ...poll, differenceMs: 0 })
        if (arrived < CAPACITY - story.ahead - 1) expect(verdict.gap).toBeNull()
      }
    }),
    RUNS,
  )
})
