import type { ListResult, Message } from '@waybill/core'
import { timeBounds } from '../../src/plan/time-bounds.js'
import { type ListOrder, orderOf } from '../../src/read/page-walk/order.js'
import { nextSpan, type PageSpan, readsOn } from '../../src/read/page-walk/span.js'
import type { Ask, WalkState } from '../../src/read/page-walk/state.js'
import { Census } from '../model/census.js'
import { select } from '../model/model-select.js'
import { generator, makeTable } from '../model/model-table.js'
import { PLAIN_UPSTREAM, type Stage } from '../model/plan.js'
import { Upstream } from '../model/upstream.js'
import { isWanted, rangeClauses } from '../model/wanted.js'
import type { WalkPlan } from './plan-arbitraries.js'
import type { WalkedRow } from '../../src/read/page-walk/position.js'

interface KeptPage {
  readonly result: ListResult
  readonly page: number
}

/** A table of the model that a walk is driven over: it changes as planned, and serves what the walk asks for. */
export class WalkedTable {
  readonly upstream: Upstream
  readonly census: Census
  readonly order: ListOrder
  readonly yielded: Message[] = []
  /** How many pages were served by the table itself. */
  pages = 0
  readonly #plan: WalkPlan
  readonly #isInRange: (message: Message) => boolean
  readonly #due: WalkPlan['changes'][number][]
  readonly #kept = new Map<string, KeptPage>()
  /** No kept page that came before this one will do. */
  #earliest = 0
  /** The newest page that was looked at. */
  #lookedAt = 0
  #asked = 0

  constructor(plan: WalkPlan) {
    const { history } = plan
    const [upstream = PLAIN_UPSTREAM] = history.upstreams
    const table = makeTable(upstream, history.seed)
    const range = history.range === null ? [] : rangeClauses(history.range, table.rows())
    const bounds = timeBounds(range)
    const settings = {
      source: 's0',
      plan: upstream,
      table,
      cap: upstream.cap,
      faults: [],
      requests: 0,
      passingFailures: 0,
      rejected: new Set<string>(),
      onStage: (stage: Stage) => this.#atStage(stage),
    }
    this.#plan = plan
    this.#due = [...plan.changes]
    this.#isInRange = ({ sentAt }) => sentAt >= bounds.from && sentAt <= bounds.to
    this.order = orderOf(history.sort, 1000 * upstream.declaredSkewSeconds, bounds)
    this.upstream = new Upstream(settings, generator(history.seed))
    this.census = new Census({
      table,
      kind: 'page',
      matches: (row) => isWanted(row, range),
      sort: history.sort,
      byDirection: false,
    })
    this.upstream.census = this.census
  }

  /** The newest page that was looked at, of all answers. */
  get lookedAt(): number {
    return this.#lookedAt
  }

  /** @param seenAt the newest page that was looked at when the row was read that the answer begins behind */
  beginAnswer(seenAt: number): void {
    this.#earliest = this.order.followsTime ? 0 : seenAt - 1
    this.#lookedAt = seenAt
  }

  /** One of the pages that will do: kept from before where it may be, or as the table is now. */
  serve(
    state: WalkState,
    ask: Ask,
  ): { readonly span: PageSpan; readonly result: ListResult; readonly isStale: boolean } {
    const { choices } = this.#plan
    const choice = choices[this.#asked % choices.length] ?? 0
    this.#asked += 1
    const span = chosen(ask, state, choice)
    for (const each of ask.orKept === null ? [span] : [ask.orKept, span]) {
      const kept = this.#kept.get(keyOf(each))
      const isGood = kept !== undefined && !ask.isFresh && kept.page > this.#earliest
      if (isGood) return { span: each, result: kept.result, isStale: this.#look(kept) }
    }
    const fetched = this.#fetch(span)
    return { span, result: fetched.result, isStale: this.#look(fetched) }
  }

  /** Where times do not show the order, no page serves that came before the newest one that was looked at. */
  keepOrder({ followsTime }: ListOrder): void {
    if (!followsTime) this.#earliest = Math.max(this.#earliest, this.#lookedAt - 1)
  }

  /** Takes a row into the answer. @returns whether it is wanted */
  yield(row: WalkedRow | undefined): boolean {
    const message = row?.message ?? null
    if (message === null || !this.#isInRange(message)) return false
    this.yielded.push(message)
    this.census.yielded(message.upstreamId)
    return true
  }

  /** @returns whether another page was looked at that came later */
  #look({ page }: KeptPage): boolean {
    const isStale = page < this.#lookedAt
    this.#lookedAt = Math.max(this.#lookedAt, page)
    return isStale
  }

  #fetch(span: PageSpan): KeptPage {
    this.pages += 1
    this.#atStage('request')
    const page = { kind: 'page', ...span } as const
    const { sort } = this.#plan.history
    const result = select(this.upstream.settings, { filter: [], search: null, sort, fields: null, page })
    this.#atStage('selected')
    const fetched = { result, page: this.pages }
    this.#kept.set(keyOf(span), fetched)
    return fetched
  }

  #atStage(stage: Stage): void {
    for (;;) {
      const index = this.#due.findIndex((each) => each.stage === stage && each.page < this.pages)
      const [due] = index === -1 ? [] : this.#due.splice(index, 1)
      if (due === undefined) return
      this.upstream.apply(due.change)
    }
  }
}

function keyOf({ number, size }: PageSpan): string {
  return `${number}/${size}`
}

/** The page that is asked for, or another one that reads on as well. */
function chosen({ span, orReadingOn }: Ask, state: WalkState, choice: number): PageSpan {
  if (orReadingOn === null || choice < 0.5) return span
  const { least, most } = orReadingOn
  const other = nextSpan(state.end, least + Math.floor(choice * (1 + most - least)), state.cap)
  return readsOn(other, state.end, least) ? other : span
}
