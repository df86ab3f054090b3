import { type Finding, type Summary, VERDICTS, type Verdict } from './finding.js'

/** Counts findings. */
export class SummaryCount {
  #entries: number
  #unclaimed: number
  #matchedFailed: number
  readonly #verdicts: Map<Verdict, number>

  constructor({ entries, unclaimed, verdicts, matchedFailed }: Summary) {
    this.#entries = entries
    this.#unclaimed = unclaimed
    this.#matchedFailed = matchedFailed
    this.#verdicts = new Map(VERDICTS.map((verdict) => [verdict, verdicts[verdict] ?? 0]))
  }

  add({ entry, verdict, status }: Finding): void {
    if (entry === null) this.#unclaimed += 1
    else this.#entries += 1
    if (verdict === 'MATCHED' && status === 'FAILED') this.#matchedFailed += 1
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1)
  }

  /** In the order of {@link VERDICTS}, those that occur. */
  summary(): Summary {
    const occurring = [...this.#verdicts].filter(([, count]) => count > 0)
    return {
      entries: this.#entries,
      unclaimed: this.#unclaimed,
      verdicts: Object.fromEntries(occurring),
      matchedFailed: this.#matchedFailed,
    }
  }
}
