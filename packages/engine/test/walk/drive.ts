import type { ListResult, SourceWarningCode } from '@waybill/core'
import type { StreamPosition } from '../../src/cursor/position.js'
import type { PageSpan } from '../../src/read/page-walk/span.js'
import { beginWalk, bracketOf, type WalkState } from '../../src/read/page-walk/state.js'
import { type Step, step } from '../../src/read/page-walk/step.js'
import { mostRequests } from '../model/cost.js'
import { type Judgement, judge } from '../model/judge.js'
import type { AnswerPlan, WalkPlan } from './plan-arbitraries.js'
import { positionAfter, type WalkedRow } from '../../src/read/page-walk/position.js'
import { checkTransition } from './transitions.js'
import { WalkedTable } from './walked-table.js'

/** A page, as a walk took it in. */
export interface Taken {
  readonly before: WalkState
  readonly requested: PageSpan
  readonly result: ListResult
  /** Whether another page was looked at that came later. */
  readonly isStale: boolean
  readonly after: Step
}

/** What a whole reading came to. */
export interface Driven {
  readonly judgement: Judgement
  readonly codes: ReadonlySet<SourceWarningCode>
  /** Whether it came to its end, within the pages that an answer may cost. */
  readonly hasEnded: boolean
  readonly pages: number
}

const MAX_PAGE_SIZE = 100
/** An answer that asks for so many pages of a table of some hundred rows has no end. */
const ENDLESS = 2000
const LATER: AnswerPlan = { rows: 150, pages: null }

/**
 * Reads a moving table to its end by the pure step alone, answer by answer: each begins where the one before stood
 * after its last row, and remembers nothing else.
 */
export function drive(plan: WalkPlan, see: (taken: Taken) => void = () => undefined): Driven {
  const table = new WalkedTable(plan)
  const codes = new Set<SourceWarningCode>()
  let position: StreamPosition = { at: 'start' }
  let failure: string | null = null
  for (let nth = 0; failure === null && position.at !== 'end'; nth += 1) {
    const answer = readAnswer(table, position, plan.answers[nth] ?? LATER, see)
    for (const code of Object.keys(answer.state.notes)) codes.add(code as SourceWarningCode)
    failure = answer.state.failure
    position = answer.position
    const events = { answers: nth + 1, disturbances: plan.changes.length }
    if (table.pages > mostRequests(plan.history, table.upstream.arrivals, events)) break
  }
  const { census, yielded } = table
  const hasEnded = failure !== null || position.at === 'end'
  const [upstream = table.upstream.settings.plan] = plan.history.upstreams
  const evidence = {
    history: plan.history,
    upstream,
    census,
    yielded,
    rejected: table.upstream.settings.rejected,
    codes,
    error: failure,
    isCut: !hasEnded,
  }
  return { judgement: judge(evidence), codes, hasEnded, pages: table.pages }
}

function readAnswer(
  table: WalkedTable,
  origin: StreamPosition,
  plan: AnswerPlan,
  see: (taken: Taken) => void,
): { readonly state: WalkState; readonly position: StreamPosition } {
  let state = beginWalk(table.order, MAX_PAGE_SIZE, origin)
  const earlier = origin.at === 'row' ? state.log.rows : []
  const rows = earlier.map((row): WalkedRow => ({ ...row, message: null, hint: null }))
  const remembered = rows.length
  const seenAt = rows.map(() => 0)
  table.beginAnswer(origin.at === 'row' ? origin.seenAt : 0)
  let next = remembered
  let [taken, pages] = [0, 0]
  for (;;) {
    while (next < rows.length && taken < plan.rows) taken += table.yield(rows[next++]) ? 1 : 0
    if (taken >= plan.rows || state.ask === null || pages === (plan.pages ?? ENDLESS)) break
    const { span, result, isStale } = table.serve(state, state.ask)
    if (!isPage(span)) throw new RangeError(`There is no page ${span.number} of ${span.size} rows.`)
    const after = step(state, span, result, isStale)
    checkTransition(state.phase.name, after.state.phase.name)
    see({ before: state, requested: span, result, isStale, after })
    state = after.state
    table.keepOrder(state.order)
    rows.push(...after.rows)
    seenAt.push(...after.rows.map(() => table.lookedAt))
    pages += 1
  }
  const isEnd = next === rows.length && state.phase.name === 'ended'
  if (isEnd) return { state, position: { at: 'end' } }
  const after = next > remembered ? positionAfter(state, rows, next) : null
  if (after !== null) return { state, position: { ...after, seenAt: seenAt[next - 1] ?? 0 } }
  const bracket = origin.at === 'row' ? null : bracketOf(state)
  return { state, position: bracket === null ? origin : { at: 'seek', ...bracket } }
}

function isPage({ number, size }: PageSpan): boolean {
  return number >= 1 && size >= 1 && size <= MAX_PAGE_SIZE && Number.isSafeInteger(number * size)
}
