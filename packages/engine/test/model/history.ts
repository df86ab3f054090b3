import { type MessageFilter, type MessageSort, UpstreamError } from '@waybill/core'
import type { WacrTable } from '@waybill/emulators'
import {
  createEngine,
  type Engine,
  type EngineSource,
  type MessagePage,
  type SourceReport,
} from '../../src/index.js'
import { Census } from './census.js'
import { type ModelSettings, modelProvider, type Stage } from './model-provider.js'
import { generator, makeRow, makeTable } from './model-table.js'

/** One upstream of a history. */
export interface UpstreamPlan {
  readonly kind: ModelSettings['kind']
  readonly rows: number
  readonly ties: number
  readonly skewSeconds: number
  readonly cap: number
  readonly tellsTotal: boolean
  readonly tellsPageSize: boolean
}

/** A traversal over tables that change meanwhile. */
export interface HistoryPlan {
  readonly seed: number
  readonly upstreams: readonly UpstreamPlan[]
  readonly sort: MessageSort
  readonly filter: MessageFilter
  readonly learnDirection: boolean
}

/** A change of one table. `place` and `amount` are from 0 up to 1. */
export interface Change {
  readonly kind: 'arrive' | 'back-date' | 'delete' | 'delete-near' | 'touch' | 'lower-cap'
  readonly upstream: number
  readonly place: number
  readonly amount: number
}

interface Upstream {
  readonly plan: UpstreamPlan
  readonly settings: ModelSettings
  readonly census: Census
}

const MAX_ANSWERS = 600

/** Runs a history: pages are read, tables change between and during requests, the server restarts, upstreams fail. */
export class History {
  readonly plan: HistoryPlan
  readonly reports: SourceReport[] = []
  readonly #upstreams: readonly Upstream[]
  readonly #random: () => number
  readonly #makeEngine: (sources: readonly EngineSource[]) => Engine
  readonly #scheduled: { readonly stage: Stage; readonly change: Change }[] = []
  #engine: Engine
  #cursor: string | null = null
  #done = false
  #answers = 0

  constructor(
    plan: HistoryPlan,
    makeEngine = (sources: readonly EngineSource[]): Engine => createEngine({ sources }),
  ) {
    this.plan = plan
    this.#random = generator(plan.seed)
    this.#makeEngine = makeEngine
    this.#upstreams = plan.upstreams.map((each, index) => this.#open(each, index))
    this.#engine = this.#restartedEngine()
  }

  get done(): boolean {
    return this.#done
  }

  get requests(): number {
    return this.#upstreams.reduce((sum, each) => sum + each.settings.requests, 0)
  }

  restart(): void {
    this.#engine = this.#restartedEngine()
  }

  fail(upstream: number): void {
    const chosen = this.#choose(upstream)
    if (chosen !== undefined) chosen.settings.faults += 1
  }

  schedule(stage: Stage, change: Change): void {
    this.#scheduled.push({ stage, change })
  }

  async page(first: number, maxUpstreamRequests: number | null = null): Promise<void> {
    if (this.#done) return
    this.#answers += 1
    if (this.#answers > MAX_ANSWERS) throw new Error('The traversal does not end')
    const page = await this.#ask(first, maxUpstreamRequests)
    if (page === null) return
    for (const edge of page.edges)
      this.#upstreams[Number(edge.source.slice(1))]?.census.yielded(edge.message.upstreamId)
    this.reports.push(...page.reports)
    this.#done = !page.pageInfo.hasNextPage
    this.#cursor = page.pageInfo.endCursor
  }

  async drain(): Promise<void> {
    while (!this.#done) await this.page(1 + Math.floor(this.#random() * 150))
  }

  apply(change: Change): void {
    const upstream = this.#choose(change.upstream)
    if (upstream === undefined) return
    const { table } = upstream.settings
    const count = 1 + Math.floor(change.amount * 6)
    if (change.kind === 'lower-cap')
      upstream.settings.cap = Math.max(20, Math.floor(upstream.settings.cap * 0.7))
    else if (change.kind === 'arrive') this.#arrive(upstream, change.amount > 0.9 ? 120 : count)
    else if (change.kind === 'back-date') this.#backDate(upstream, change.place)
    else if (change.kind === 'touch') this.#touch(upstream, change.place)
    else for (const id of victims(upstream, change, count)) if (table.delete(id)) upstream.census.deleted(id)
    for (const each of this.#upstreams) each.census.observe()
  }

  /** The sources of which some answer said that rows may be missing. */
  get doubted(): ReadonlySet<string> {
    return new Set(
      this.reports.filter((report) => report.completeness === 'UNKNOWN').map((report) => report.source),
    )
  }

  /** The faults of the traversal that no answer told of, in the words of a set checker. */
  faults(): string[] {
    const ascending = this.plan.sort.direction === 'asc'
    return this.#upstreams.flatMap(({ census, settings }) => {
      if (this.doubted.has(settings.source)) return []
      const { lost, repeated, disordered } = census.tally(ascending)
      return [
        ...lost.map((id) => `${settings.source} lost ${id}`),
        ...repeated.map((id) => `${settings.source} repeated ${id}`),
        ...disordered.map((id) => `${settings.source} disordered ${id}`),
      ]
    })
  }

  async #ask(first: number, maxUpstreamRequests: number | null): Promise<MessagePage | null> {
    const { filter, sort, learnDirection } = this.plan
    const fields = learnDirection ? null : new Set(['text'] as const)
    try {
      return await this.#engine.messages({
        filter,
        sort,
        first,
        after: this.#cursor,
        fields,
        maxUpstreamRequests,
      })
    } catch (error) {
      if (error instanceof UpstreamError) return null
      throw error
    }
  }

  #open(plan: UpstreamPlan, index: number): Upstream {
    const settings: ModelSettings = {
      ...plan,
      source: `s${index}`,
      table: makeTable(plan, this.plan.seed + index),
      faults: 0,
      requests: 0,
      onStage: (stage) => this.#atStage(stage),
    }
    const wanted = this.plan.filter.find((clause) => clause.field === 'direction')
    const matches = (id: number): boolean =>
      wanted === undefined ||
      ('values' in wanted && wanted.values[0] === (id % 3 === 0 ? 'INBOUND' : 'OUTBOUND'))
    return { plan, settings, census: new Census(settings, matches, this.plan.sort.field) }
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

  #arrive({ plan, settings: { table } }: Upstream, count: number): void {
    const newest = table.page({ sort: '-created_at', perPage: 1 })[0]?.createdAt ?? 0
    let createdAt = newest + 1000
    for (let added = 0; added < count; added += 1) {
      if (added % plan.ties === 0) createdAt += 1000
      table.insert(makeRow(table.nextId(), createdAt, plan.skewSeconds, this.#random))
    }
  }

  /** Into a second that no other row has, so that no group of ties grows beyond what the plan says. */
  #backDate({ plan, settings: { table } }: Upstream, place: number): void {
    const createdAt = (rowAt(table, place)?.createdAt ?? 0) + 500
    table.insert(makeRow(table.nextId(), createdAt, plan.skewSeconds, this.#random))
  }

  #touch({ settings: { table }, census }: Upstream, place: number): void {
    const row = rowAt(table, place)
    if (row === undefined) return
    const latest = table.page({ sort: '-updated_at', perPage: 1 })[0]?.updatedAt ?? 0
    table.update(row.id, { updatedAt: latest + 1000, status: 'read' })
    census.touched(row.id)
  }
}

function rowAt(
  table: WacrTable,
  place: number,
): { readonly id: number; readonly createdAt: number } | undefined {
  const rows = table.rows()
  return rows[Math.floor(place * rows.length)]
}

function victims({ settings: { table }, census }: Upstream, change: Change, count: number): number[] {
  if (change.kind === 'delete') {
    const row = rowAt(table, change.place)
    return row === undefined ? [] : [row.id]
  }
  const order = table.page({ sort: '-created_at', perPage: table.size + 1, seed: 1 }).map((row) => row.id)
  const anchor = Math.max(0, order.indexOf(Number(census.last ?? order[0])))
  return order.slice(Math.max(0, anchor - count), anchor + Math.ceil(count / 2))
}
