import { type FilterClause, type MessageFilter, UpstreamError } from '@waybill/core'
import { createEngine, type Engine, type EngineSource, type MessagePage } from '../../src/index.js'
import { Census } from './census.js'
import { mostAnswers, mostRequests } from './cost.js'
import { modelProvider } from './model-provider.js'
import { generator, makeTable } from './model-table.js'
import type { Change, Fault, HistoryPlan, Stage } from './plan.js'
import { Upstream } from './upstream.js'
import { Verdict } from './verdict.js'
import { isWanted, rangeClauses } from './wanted.js'

/** Runs a history: pages are read, tables change between and during requests, the server restarts, upstreams fail. */
export class History {
  readonly verdict: Verdict
  readonly #plan: HistoryPlan
  readonly #upstreams: readonly Upstream[]
  readonly #filter: MessageFilter
  readonly #random: () => number
  readonly #makeEngine: (sources: readonly EngineSource[]) => Engine
  readonly #scheduled: { readonly stage: Stage; readonly change: Change }[] = []
  /** The replica that answers, and another. */
  #engine: Engine
  #other: Engine
  #cursor: string | null = null
  #done = false
  #answers = 0
  #steps = 0
  #disturbances = 0

  constructor(
    plan: HistoryPlan,
    makeEngine = (sources: readonly EngineSource[]): Engine => createEngine({ sources }),
  ) {
    this.#plan = plan
    this.#random = generator(plan.seed)
    this.#makeEngine = makeEngine
    this.#upstreams = plan.upstreams.map((each, index) => this.#open(each, index))
    this.#filter = [...plan.filter, ...this.#range()]
    this.verdict = new Verdict(plan, this.#upstreams)
    this.#engine = this.#restartedEngine()
    this.#other = this.#restartedEngine()
  }

  /** Whether the traversal is at its end, or was broken off. */
  get isDone(): boolean {
    return this.#done
  }

  restart(): void {
    this.#disturbances += 1
    this.#engine = this.#restartedEngine()
  }

  changeReplica(): void {
    this.#disturbances += 1
    ;[this.#engine, this.#other] = [this.#other, this.#engine]
  }

  fail(upstream: number, fault: Fault): void {
    this.#disturbances += 1
    this.#choose(upstream)?.settings.faults.push(fault)
  }

  schedule(stage: Stage, change: Change): void {
    this.#disturbances += 1
    this.#scheduled.push({ stage, change })
  }

  /** Reads a page, and goes on behind the row at the share `upTo` of it. */
  async page(first: number, maxUpstreamRequests: number | null = null, upTo = 1): Promise<void> {
    if (this.#done) return
    this.#answers += 1
    if (this.#cursor === null) this.#beginCensus()
    const before = this.#requests()
    const answer = await this.#ask(first, this.#cursor, maxUpstreamRequests)
    const page = answer instanceof UpstreamError ? null : answer
    this.verdict.charge(this.#requests() - before, maxUpstreamRequests, page)
    if (answer instanceof UpstreamError) this.verdict.fail(answer)
    this.#done = answer instanceof UpstreamError || this.#isEndless()
    if (page === null) return
    const taken = upTo === 1 ? page.edges : page.edges.slice(0, 1 + Math.floor(upTo * page.edges.length))
    const wholly = taken.length === page.edges.length
    this.verdict.take(taken, page)
    this.#done ||= wholly && !page.pageInfo.hasNextPage
    this.#cursor = (wholly ? page.pageInfo.endCursor : taken.at(-1)?.cursor) ?? null
  }

  /** Another client begins to read the same list. */
  async other(first: number): Promise<void> {
    this.#disturbances += 1
    await this.#ask(first, null, null)
  }

  async drain(): Promise<void> {
    this.#steps = this.#answers
    while (!this.#done) await this.page(1 + Math.floor(this.#random() * 150))
  }

  apply(change: Change): void {
    this.#disturbances += 1
    this.#choose(change.upstream)?.apply(change)
    for (const { census } of this.#upstreams) census?.observe()
  }

  /** Whether a traversal that could have ended long ago goes on, or costs more than an honest one. */
  #isEndless(): boolean {
    const arrivals = this.#upstreams.reduce((sum, each) => sum + each.arrivals, 0)
    const most = {
      answers: mostAnswers(this.#plan, arrivals, this.#steps),
      requests: mostRequests(this.#plan, arrivals, {
        answers: this.#answers,
        disturbances: this.#disturbances,
      }),
    }
    if (this.#answers > most.answers) this.verdict.breakOff(`does not end within ${most.answers} answers`)
    if (this.verdict.requests > most.requests)
      this.verdict.breakOff(`does not end within ${most.requests} requests`)
    return this.#answers > most.answers || this.verdict.requests > most.requests
  }

  /** @returns null when a failure passed that the same question need not meet again, the error when it will */
  async #ask(
    first: number,
    after: string | null,
    budget: number | null,
  ): Promise<MessagePage | UpstreamError | null> {
    const failures = this.#passingFailures()
    const { sort, policy, direction } = this.#plan
    const isSelected = direction === 'always' || (direction === 'sometimes' && this.#random() < 0.5)
    try {
      return await this.#engine.messages({
        filter: this.#filter,
        sort,
        first,
        after,
        fields: new Set(isSelected ? (['text', 'direction'] as const) : (['text'] as const)),
        maxUpstreamRequests: budget,
        onSourceError: policy,
      })
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error
      return this.#passingFailures() > failures ? null : error
    }
  }

  #open(plan: HistoryPlan['upstreams'][number], index: number): Upstream {
    const settings = {
      plan,
      source: `s${index}`,
      table: makeTable(plan, this.#plan.seed + index),
      cap: plan.cap,
      faults: [],
      requests: 0,
      passingFailures: 0,
      rejected: new Set<string>(),
      onStage: (stage: Stage) => this.#atStage(stage),
    }
    return new Upstream(settings, this.#random)
  }

  /** What was there when the first page was asked for is followed from then on. */
  #beginCensus(): void {
    for (const upstream of this.#upstreams) {
      const { table, plan } = upstream.settings
      upstream.census = new Census({
        table,
        kind: plan.kind,
        matches: (row) => isWanted(row, this.#filter),
        sort: this.#plan.sort,
        byDirection: plan.kind === 'page' && this.#plan.direction !== 'never',
      })
    }
  }

  #range(): FilterClause[] {
    const table = this.#upstreams[0]?.settings.table
    return this.#plan.range === null || table === undefined
      ? []
      : rangeClauses(this.#plan.range, table.rows())
  }

  #requests(): number {
    return this.#upstreams.reduce((sum, each) => sum + each.settings.requests, 0)
  }

  #passingFailures(): number {
    return this.#upstreams.reduce((sum, each) => sum + each.settings.passingFailures, 0)
  }

  #restartedEngine(): Engine {
    return this.#makeEngine(
      this.#upstreams.map(({ settings }) => ({ id: settings.source, provider: modelProvider(settings) })),
    )
  }

  #choose(upstream: number): Upstream | undefined {
    return this.#upstreams[upstream % this.#upstreams.length]
  }

  #atStage(stage: Stage): void {
    const index = this.#scheduled.findIndex((each) => each.stage === stage)
    const [due] = index === -1 ? [] : this.#scheduled.splice(index, 1)
    if (due !== undefined) this.apply(due.change)
  }
}
