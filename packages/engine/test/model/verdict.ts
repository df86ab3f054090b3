import type { Message, SourceWarningCode, UpstreamError } from '@waybill/core'
import type { MessagePage, MessagePageEdge, SourceReport, SourcedMessage } from '../../src/index.js'
import { type Judgement, judge } from './judge.js'
import { liesAbout } from './lie.js'
import type { HistoryPlan } from './plan.js'
import type { Upstream } from './upstream.js'

/** What may be said of a source of which nothing is warned. */
const UNWARNED = ['COMPLETE', 'MOVING_SORT', 'WINDOW_LIMITED', 'BUDGET_SPENT']

const FEW_ROWS = 5

/** What was wrong with a traversal, in the words of a set checker. */
export class Verdict {
  readonly #plan: HistoryPlan
  readonly #upstreams: readonly Upstream[]
  readonly #wrong: string[] = []
  readonly #yielded: SourcedMessage[] = []
  readonly #codes = new Map<string, Set<SourceWarningCode>>()
  /** Why sources are out of the traversal, in the words of the first report or error. */
  readonly #errors = new Map<string, string>()
  #isCut = false
  answers = 0
  requests = 0

  constructor(plan: HistoryPlan, upstreams: readonly Upstream[]) {
    this.#plan = plan
    this.#upstreams = upstreams
  }

  /** The sources of which some answer warned. */
  get doubted(): ReadonlySet<string> {
    return new Set(this.#codes.keys())
  }

  /** The sources that failed under PARTIAL, or for good. */
  get dropped(): ReadonlySet<string> {
    return new Set(this.#errors.keys())
  }

  /** What was warned of a source in any answer. */
  codesOf(source: string): ReadonlySet<SourceWarningCode> {
    return this.#codes.get(source) ?? new Set()
  }

  /** Why a source is out of the traversal; null while it is in. */
  errorOf(source: string): string | null {
    return this.#errors.get(source) ?? null
  }

  /** Notes what went wrong with the traversal as a whole. */
  note(fault: string): void {
    this.#wrong.push(fault)
  }

  /** An answer costs no more than it may, and reports what it cost. */
  charge(spent: number, budget: number | null, page: MessagePage | null): void {
    this.requests += spent
    if (budget !== null && spent > budget) this.note(`spent ${spent} of ${budget}`)
    const told = page?.reports.reduce((sum, report) => sum + report.upstreamRequests, 0) ?? spent
    if (told !== spent) this.note(`reported ${told} requests of ${spent}`)
  }

  /** Takes in the rows that the client kept of a page. */
  take(edges: readonly MessagePageEdge[], { reports }: MessagePage): void {
    this.answers += 1
    for (const { source, message } of edges) {
      if (this.#errors.has(source)) this.note(`${source} came back`)
      const census = this.#upstream(source)?.census ?? null
      census?.yielded(message.upstreamId)
      const direction = census?.directionOf(message.upstreamId)?.toUpperCase()
      const report = reports.find((each) => each.source === source)
      if (message.direction !== null && message.direction !== direction && !this.#isMisled(source, report))
        this.note(`${source} mistook the direction of ${message.upstreamId}`)
      this.#yielded.push({ source, message })
    }
    for (const report of reports) this.#hear(report)
  }

  /** The traversal goes on for longer than it may, and is broken off. */
  breakOff(why: string): void {
    this.#isCut = true
    this.note(why)
  }

  /** Takes in an error that ended the traversal. */
  fail(error: UpstreamError): void {
    this.#isCut = true
    this.#errors.set(error.source, error.message)
  }

  /** How many rows stayed where they were, and had to come. */
  get stable(): number {
    return this.#upstreams.reduce((sum, { census }) => sum + (census?.stable.size ?? 0), 0)
  }

  /** What came of each source. */
  judgements(): ReadonlyMap<string, Judgement> {
    return new Map(
      this.#upstreams.flatMap(({ census, settings: { source, plan, rejected } }) => {
        if (census === null) return []
        const yielded = this.#yielded.filter((each) => each.source === source).map(({ message }) => message)
        const codes = this.codesOf(source)
        const error = this.errorOf(source)
        const evidence = {
          history: this.#plan,
          upstream: plan,
          census,
          yielded,
          rejected,
          codes,
          error,
          isCut: this.#isCut,
        }
        return [[source, judge(evidence)] as const]
      }),
    )
  }

  /** The faults that no answer told of. */
  faults(): string[] {
    const own = [...this.judgements()].flatMap(([source, { faults }]) =>
      faults.map((fault) => `${source} ${fault}`),
    )
    return [...this.#wrong, ...own, ...this.#mismerged()]
  }

  #hear({ source, outcome, completeness, warnings, error }: SourceReport): void {
    const isFailed = outcome === 'FAILED'
    if (isFailed && !this.#errors.has(source)) this.#errors.set(source, error?.message ?? '')
    if (!isFailed && warnings.length === 0 && !UNWARNED.includes(completeness))
      this.note(`${source} is ${completeness} without a warning`)
    if (warnings.length > 0 && completeness === 'COMPLETE') this.note(`${source} is COMPLETE, but warned of`)
    if (warnings.length === 0) return
    const codes = this.#codes.get(source) ?? new Set()
    for (const { code } of warnings) codes.add(code)
    this.#codes.set(source, codes)
  }

  /**
   * Where the source passes over the direction, and there are hardly any rows to compare or the answer could not afford
   * the comparison, its rows cannot be told from others.
   */
  #isMisled(source: string, report: SourceReport | undefined): boolean {
    const plan = this.#upstream(source)?.settings.plan
    if (plan === undefined || !liesAbout(plan, 'direction-ignored')) return false
    return plan.rows < FEW_ROWS || report?.completeness === 'BUDGET_SPENT'
  }

  /** Rows that stayed are merged by `sentAt`, where that is what their sources sort by. */
  #mismerged(): string[] {
    const { sort, upstreams } = this.#plan
    const isSorted = upstreams.every(({ skewSeconds, lies }) => skewSeconds === 0 && lies.length === 0)
    if (sort.field === 'updatedAt' || !isSorted || this.doubted.size > 0) return []
    const sign = sort.direction === 'asc' ? 1 : -1
    const stable = this.#yielded.filter(({ source, message }) => this.#isStable(source, message))
    return stable.flatMap(({ source, message }, index) => {
      const before = stable[index - 1]?.message.sentAt ?? message.sentAt
      return sign * (message.sentAt - before) >= 0 ? [] : [`${source} mismerged ${message.upstreamId}`]
    })
  }

  #isStable(source: string, { upstreamId }: Message): boolean {
    return this.#upstream(source)?.census?.stable.has(upstreamId) === true
  }

  #upstream(source: string): Upstream | undefined {
    return this.#upstreams.find(({ settings }) => settings.source === source)
  }
}
