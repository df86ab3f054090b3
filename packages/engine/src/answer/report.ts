import {
  type HistoryReport,
  printClause,
  type TimeRange,
  UpstreamError,
  type WaybillError,
} from '@waybill/core'
import type { Completeness, SourceReport, SourceReportError } from '../engine.js'
import type { ReadPlan } from '../plan/plan.js'
import { ALL_TIME, type TimeBounds } from '../plan/time-bounds.js'
import type { SourceRun } from './source-run.js'

const NOTHING = { reachesBackTo: null, gaps: [], pushedDown: [], evaluatedLocally: [], error: null } as const

/**
 * @param paused whether the source's part of this answer ended early because a budget was spent
 * @param history what the source says is missing from its lists; null where it says nothing
 */
export function reportOn(
  run: SourceRun,
  paused: boolean,
  upstreamRequests: number,
  doubt: string | null,
  history: HistoryReport | null,
): SourceReport {
  const source = run.source.id
  if (run.plan.kind === 'pruned') {
    return { ...NOTHING, source, outcome: 'PRUNED', completeness: 'COMPLETE', upstreamRequests }
  }
  const facts = run.readers.map((reader) => reader.facts())
  const doubts = [run.doubt, doubt, ...facts.map((each) => each.doubt)].filter((each) => each !== null)
  const asked = run.plan.kind === 'read' ? run.plan.asked : ALL_TIME
  const reaches = [...facts, ...(history === null ? [] : [history])].flatMap(
    (each) => each.reachesBackTo ?? [],
  )
  const gaps = (history?.gaps ?? []).flatMap((gap) => within(gap, asked))
  const read = {
    source,
    reachesBackTo: reaches.length === 0 ? null : Math.max(...reaches),
    gaps,
    pushedDown: [...new Set(facts.flatMap((each) => each.parameters))],
    evaluatedLocally: run.plan.kind === 'read' ? evaluated(run.plan) : [],
    upstreamRequests,
  }
  if (run.failure !== null) {
    return { ...read, outcome: 'FAILED', completeness: 'UNKNOWN', error: describe(run.failure) }
  }
  const cut = history?.reachesBackTo ?? null
  const missing = gaps.length > 0 ? 'HAS_GAPS' : cut !== null && asked.from <= cut ? 'WINDOW_LIMITED' : null
  const completeness = judge(run, paused, doubts.length > 0, missing)
  return { ...read, outcome: 'OK', completeness, error: doubts[0] === undefined ? null : doubtful(doubts[0]) }
}

function judge(
  run: SourceRun,
  paused: boolean,
  inDoubt: boolean,
  missing: 'HAS_GAPS' | 'WINDOW_LIMITED' | null,
): Completeness {
  if (inDoubt) return 'UNKNOWN'
  if (paused) return 'BUDGET_SPENT'
  if (missing !== null) return missing
  if (run.readers.some((reader) => reader.facts().windowLimited)) return 'WINDOW_LIMITED'
  return run.plan.kind === 'read' && run.plan.sort.field === 'updatedAt' ? 'MOVING_SORT' : 'COMPLETE'
}

/** The part of a gap that lies within what was asked. */
function within(gap: TimeRange, asked: TimeBounds): TimeRange[] {
  const [from, to] = [Math.max(gap.from, asked.from), Math.min(gap.to, asked.to)]
  return from <= to ? [{ from, to }] : []
}

function evaluated(plan: ReadPlan): string[] {
  const search = plan.localSearch === null ? [] : [`search=${plan.localSearch}`]
  return [...plan.local.map(printClause), ...search]
}

function describe(error: WaybillError): SourceReportError {
  const wait = error instanceof UpstreamError ? error.retryAfterSeconds : undefined
  return { code: error.code, message: error.message, retryAfterSeconds: wait ?? null }
}

function doubtful(message: string): SourceReportError {
  return { code: 'UPSTREAM_INVALID_RESPONSE', message, retryAfterSeconds: null }
}
