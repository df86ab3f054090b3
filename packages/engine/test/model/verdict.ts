import type { MessagePage, MessagePageEdge, SourcedMessage } from '../../src/index.js'
import type { Census } from './census.js'
import type { HistoryPlan } from './plan.js'
import type { Upstream } from './upstream.js'

/** What was wrong with a traversal, in the words of a set checker. */
export class Verdict {
  readonly #plan: HistoryPlan
  readonly #upstreams: readonly Upstream[]
  readonly #wrong: string[] = []
  readonly #yielded: SourcedMessage[] = []
  /** The sources of which some answer said that rows may be missing or out of place. */
  readonly doubted = new Map<string, string>()
  /** The sources that failed under PARTIAL. */
  readonly dropped = new Set<string>()
  answers = 0

  constructor(plan: HistoryPlan, upstreams: readonly Upstream[]) {
    this.#plan = plan
    this.#upstreams = upstreams
  }

  /** An answer costs no more than it may, and reports what it cost. */
  charge(spent: number, budget: number | null, page: MessagePage | null): void {
    if (budget !== null && spent > budget) this.#wrong.push(`spent ${spent} of ${budget}`)
    const told = page?.reports.reduce((sum, report) => sum + report.upstreamRequests, 0) ?? spent
    if (told !== spent) this.#wrong.push(`reported ${told} requests of ${spent}`)
  }

  /** Takes in the rows that the client kept of a page. */
  take(edges: readonly MessagePageEdge[], { reports }: MessagePage): void {
    this.answers += 1
    for (const { source, message } of edges) {
      if (this.dropped.has(source)) this.#wrong.push(`${source} came back`)
      this.#census(source)?.yielded(message.upstreamId)
      this.#yielded.push({ source, message })
    }
    for (const { source, outcome, warnings } of reports) {
      if (outcome === 'FAILED') this.dropped.add(source)
      else if (warnings.length > 0) this.doubted.set(source, warnings.map(({ code }) => code).join(' '))
    }
  }

  /** How many rows stayed where they were, and had to come. */
  get stable(): number {
    return this.#upstreams.reduce((sum, { census }) => sum + (census?.stable.size ?? 0), 0)
  }

  /** The faults that no answer told of. */
  faults(): string[] {
    const own = this.#upstreams.flatMap(({ census, settings: { source } }) => {
      if (census === null || this.doubted.has(source)) return []
      const { lost, repeated, disordered, wrong } = census.tally()
      return [
        ...(this.dropped.has(source) ? [] : lost.map((id) => `${source} lost ${id}`)),
        ...repeated.map((id) => `${source} repeated ${id}`),
        ...disordered.map((id) => `${source} disordered ${id}`),
        ...wrong.map((id) => `${source} wrong ${id}`),
      ]
    })
    return [...this.#wrong, ...own, ...this.#mismerged()]
  }

  /** Rows that stayed are merged by `sentAt`, where that is what their sources sort by. */
  #mismerged(): string[] {
    const { sort, upstreams } = this.#plan
    if (sort.field === 'updatedAt' || upstreams.some(({ skewSeconds }) => skewSeconds > 0)) return []
    if (this.doubted.size > 0) return []
    const sign = sort.direction === 'asc' ? 1 : -1
    const stable = this.#yielded.filter(({ source, message }) =>
      this.#census(source)?.stable.has(message.upstreamId),
    )
    return stable.flatMap(({ source, message }, index) => {
      const before = stable[index - 1]?.message.sentAt ?? message.sentAt
      return sign * (message.sentAt - before) >= 0 ? [] : [`${source} mismerged ${message.upstreamId}`]
    })
  }

  #census(source: string): Census | null {
    return this.#upstreams.find(({ settings }) => settings.source === source)?.census ?? null
  }
}
