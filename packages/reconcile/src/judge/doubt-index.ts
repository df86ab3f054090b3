import { DOUBT_REASONS, type OpenRange } from '../finding.js'
import type { Doubt } from '../options.js'

interface Span {
  readonly doubt: Doubt
  readonly from: number
  readonly to: number
}

/** Finds the gravest doubt that touches a span of time. */
export class DoubtIndex {
  readonly #spans: readonly Span[]
  /** For each span, the latest end of it and all before it. */
  readonly #latest: readonly number[]

  constructor(doubts: readonly Doubt[]) {
    this.#spans = doubts
      .map((doubt) => ({ doubt, from: doubt.from ?? -Infinity, to: doubt.to ?? Infinity }))
      .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)))
    let latest = -Infinity
    this.#latest = this.#spans.map(({ to }) => (latest = Math.max(latest, to)))
  }

  /** Null where every source vouches for the whole span. Of equally grave doubts, the earliest. */
  gravest({ from, to }: OpenRange): Doubt | null {
    let gravest: Doubt | null = null
    for (let at = this.#lastFrom(to ?? Infinity); at >= 0; at--) {
      if ((this.#latest[at] ?? -Infinity) < (from ?? -Infinity)) break
      const span = this.#spans[at]
      if (span === undefined || span.to < (from ?? -Infinity)) continue
      if (gravest === null || gravity(span.doubt) <= gravity(gravest)) gravest = span.doubt
    }
    return gravest
  }

  /** The last span that begins no later than a time. */
  #lastFrom(time: number): number {
    let low = 0
    let high = this.#spans.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#spans[middle]?.from ?? 0) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

function gravity({ because }: Doubt): number {
  return DOUBT_REASONS.indexOf(because)
}
