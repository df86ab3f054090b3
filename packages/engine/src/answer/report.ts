import {
  type HistoryReport,
  printClause,
  type SourceWarning,
  type SourceWarningCode,
  type TimeRange,
  UpstreamError,
  type WaybillError,
} from '@waybill/core'
import type { Completeness, SourceReport, SourceReportError } from '../engine.js'
import type { ReadPlan } from '../plan/plan.js'
import { ALL_TIME, type TimeBounds } from '../plan/time-bounds.js'
import type { StreamReader } from '../read/stream-reader.js'
import { warn } from '../read/warnings.js'
import type { SourceRun } from './source-run.js'

/** What is reported of a source. */
export interface Contribution extends Pick<SourceRun, 'source' | 'plan' | 'failure' | 'warnings'> {
  readonly readers: readonly Pick<StreamReader, 'facts'>[]
}

/**
 * @param paused whether the source's part of this answer ended early because a budget was spent
 * @param history what the source says is missing from its lists; null where it says nothing
 */
export function reportOn(
  run: Contribution,
  paused: boolean,
  upstreamRequests: number,
  history: HistoryReport | null,
): SourceReport {
  const source = run.source.id
  const facts = run.readers.map((reader) => reader.facts())
  const untold = run.plan.kind === 'unsupported-sort' ? [] : run.plan.untold
  const asked = run.plan.kind === 'read' ? run.plan.asked : ALL_TIME
  const gaps = (history?.gaps ?? []).flatMap((gap) => within(gap, asked))
  const warnings = collect([
    ...untold.map((field) => warn('FIELD_NOT_TOLD', field)),
    ...run.warnings,
    ...facts.flatMap((each) => each.warnings),
    // What a late archive lacks is a gap: it matters where that lies within what was asked.
    ...(history?.warnings ?? []).filter(({ code }) => code !== 'ARCHIVE_LATE' || gaps.length > 0),
  ])
  const reaches = [...facts, ...(history === null ? [] : [history])].flatMap(
    (each) => each.reachesBackTo ?? [],
  )
  const read = {
    source,
    reachesBackTo: reaches.length === 0 ? null : Math.max(...reaches),
    gaps,
    warnings,
    pushedDown: [...new Set(facts.flatMap((each) => each.parameters))],
    evaluatedLocally: [
      ...new Set([
        ...(run.plan.kind === 'read' ? evaluated(run.plan) : []),
        ...facts.flatMap((each) => each.ignored),
      ]),
    ],
    upstreamRequests,
  }
  if (run.failure !== null) {
    return {
      ...read,
      outcome: 'FAILED',
      completeness: 'UNKNOWN',
      holds: ['UNKNOWN'],
      error: describe(run.failure),
    }
  }
  const cut = history?.reachesBackTo ?? null
  const holds = byGravity([
    ...(paused ? (['BUDGET_SPENT'] as const) : []),
    ...warnings.map(({ code }) => COMPLETENESS_OF[code]),
    ...(gaps.length > 0 ? (['HAS_GAPS'] as const) : []),
    ...((cut !== null && asked.from <= cut) || facts.some((each) => each.windowLimited)
      ? (['WINDOW_LIMITED'] as const)
      : []),
    ...(run.plan.kind === 'read' && run.plan.sort.field === 'updatedAt' ? (['MOVING_SORT'] as const) : []),
  ])
  const isPruned = run.plan.kind === 'pruned' && run.warnings.length === 0
  return { ...read, outcome: isPruned ? 'PRUNED' : 'OK', completeness: gravestOf(holds), holds, error: null }
}

/** What holds, each once, the gravest first. */
export function byGravity(holds: readonly Completeness[]): readonly Completeness[] {
  return GRAVEST_FIRST.filter((each) => holds.includes(each))
}

/** @param holds - the gravest first */
export function gravestOf([gravest = 'COMPLETE']: readonly Completeness[]): Completeness {
  return gravest
}

const GRAVEST_FIRST: readonly Completeness[] = [
  'UNKNOWN',
  'BUDGET_SPENT',
  'UNPROVEN',
  'HAS_GAPS',
  'NOT_TOLD',
  'WINDOW_LIMITED',
  'MOVING_SORT',
]

/** What a warning makes of an answer. A late archive tells the span that is missing as a gap. */
export const COMPLETENESS_OF: Readonly<Record<SourceWarningCode, Completeness>> = {
  FIELD_NOT_TOLD: 'NOT_TOLD',
  FILTER_IGNORED: 'UNPROVEN',
  SORT_IGNORED: 'UNPROVEN',
  DIRECTION_IGNORED: 'UNPROVEN',
  ORDER_BROKEN: 'UNPROVEN',
  TIES_UNPROVEN: 'UNPROVEN',
  TOTALS_DISAGREE: 'UNPROVEN',
  ROWS_HIDDEN: 'UNPROVEN',
  ROW_REJECTED: 'UNPROVEN',
  PLACE_LOST: 'UNPROVEN',
  ARCHIVE_LATE: 'HAS_GAPS',
}

/** One warning for each code and field; counts add up. */
function collect(warnings: readonly SourceWarning[]): SourceWarning[] {
  const collected = new Map<string, SourceWarning>()
  for (const each of warnings) {
    const key = `${each.code} ${each.field}`
    const known = collected.get(key)
    const count =
      known === undefined
        ? each.count
        : known.count === null || each.count === null
          ? null
          : known.count + each.count
    collected.set(
      key,
      known === undefined ? each : { ...warn(each.code, each.field, count), message: each.message },
    )
  }
  return [...collected.values()]
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
