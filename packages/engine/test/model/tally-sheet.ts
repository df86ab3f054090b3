import type { Judgement } from './judge.js'
import type { HistoryPlan } from './plan.js'
import type { Verdict } from './verdict.js'

type Counts = Record<Judgement['finding'] | 'drawn', number>

/** Sums over histories: what came of the sources, by what they lied about. */
export class TallySheet {
  readonly #counts = new Map<string, Counts>()
  readonly #alarmed = { sources: 0, of: 0 }
  /** How many honest sources were warned of, by code. */
  readonly #alarms = new Map<string, number>()
  #alarmedHistories = 0
  readonly #sum = { histories: 0, answers: 0, requests: 0, sources: 0, stable: 0, dropped: 0 }

  add(plan: HistoryPlan, verdict: Verdict): void {
    const judgements = verdict.judgements()
    const honest: string[] = []
    for (const [index, { lies, kind }] of plan.upstreams.entries()) {
      const finding = judgements.get(`s${index}`)?.finding
      if (finding === undefined) continue
      const names = lies.length === 0 ? ['honest'] : lies.map((lie) => lie.kind)
      for (const name of names) this.#count(`${name} (${kind})`, finding)
      if (lies.length === 0) honest.push(`s${index}`)
    }
    this.#alarmed.of += honest.length
    const alarmed = honest.filter((source) => verdict.doubted.has(source))
    this.#alarmed.sources += alarmed.length
    for (const code of alarmed.flatMap((source) => [...verdict.codesOf(source)]))
      this.#alarms.set(code, (this.#alarms.get(code) ?? 0) + 1)
    if (alarmed.length > 0) this.#alarmedHistories += 1
    this.#sum.histories += 1
    this.#sum.answers += verdict.answers
    this.#sum.requests += verdict.requests
    this.#sum.sources += plan.upstreams.length
    this.#sum.stable += verdict.stable
    this.#sum.dropped += verdict.dropped.size
  }

  /** The share of histories in which an honest upstream was warned of, however many it has. */
  get falseAlarms(): number {
    return this.#alarmedHistories / Math.max(1, this.#sum.histories)
  }

  /** All sums, as a table in text. */
  print(): string {
    const rows = [...this.#counts].toSorted(([a], [b]) => a.localeCompare(b))
    const { sources, of } = this.#alarmed
    return [
      JSON.stringify(this.#sum),
      `${sources} of ${of} honest upstreams were warned of, in ${(100 * this.falseAlarms).toFixed(2)} % of the histories: ${[...this.#alarms].map(([code, count]) => `${code} ${count}`).join(', ')}`,
      ...rows.map(
        ([name, { drawn, exact, reported, unknowable, cut, wrong }]) =>
          `${name.padEnd(28)} drawn ${drawn}, exact ${exact}, reported ${reported}, unknowable ${unknowable}, cut ${cut}, wrong ${wrong}`,
      ),
    ].join('\n')
  }

  #count(name: string, finding: Judgement['finding']): void {
    const none = { drawn: 0, exact: 0, reported: 0, unknowable: 0, cut: 0, wrong: 0 }
    const counts = this.#counts.get(name) ?? none
    this.#counts.set(name, { ...counts, drawn: counts.drawn + 1, [finding]: counts[finding] + 1 })
  }
}
