import { countOf, formatDateTime, type TimeRange } from '@waybill/core'
import type { MessageCountGroup, MessageCounts, SourceReport } from '@waybill/engine'
import { addReports, describeIncompleteness } from '@waybill/export'
import type { Environment } from '@waybill/runtime'
import { type CommandHost, ExitCode } from '../command/context.js'
import type { CountKeyName, CountRequest } from './count-request.js'
import { describeFuture } from '../export/query.js'
import { countTable } from './count-table.js'

/** Prints what was counted, and what could not be, and returns the exit code for it. */
export function reportCounts(
  counts: MessageCounts,
  request: CountRequest,
  { stdout, stderr }: CommandHost,
  environment: Environment,
): number {
  const shortcomings = shortcomingsOf(counts.reports)
  if (request.json) {
    stdout.write(`${JSON.stringify(toJson(counts, request, shortcomings), null, 2)}\n`)
  } else {
    const bars = stdout.isTTY ? { width: stdout.columns, isColored: isColored(environment) } : null
    stdout.write(countTable(counts, request, bars))
    if (counts.total === 0) stderr.write(`note: no message matches.${describeFuture(request.query.filter)}\n`)
    for (const shortcoming of shortcomings) stderr.write(`incomplete: ${shortcoming.replace(/\.$/, '')}.\n`)
  }
  return shortcomings.length === 0 ? ExitCode.DONE : ExitCode.INCOMPLETE
}

/** What the sources could not give, in the words of an export; a count also ends where its budget does. */
function shortcomingsOf(reports: readonly SourceReport[]): string[] {
  const words = describeIncompleteness(addReports([], reports))
  const ended = reports
    .filter(({ completeness }) => completeness === 'BUDGET_SPENT')
    .map(
      ({ source, upstreamRequests }) =>
        `${source} was not read to its end: --max-requests is used up (${countOf(upstreamRequests, 'request')} there). Raise it, or count a shorter time`,
    )
  return [...words, ...ended]
}

/** See https://no-color.org. */
function isColored({ NO_COLOR, TERM }: Environment): boolean {
  return (NO_COLOR ?? '') === '' && TERM !== 'dumb'
}

function toJson(
  { total, groups, reports }: MessageCounts,
  { by, zone }: CountRequest,
  shortcomings: readonly string[],
): object {
  return {
    total,
    complete: shortcomings.length === 0,
    shortcomings,
    timeZone: zone.name,
    groups: groups.map((group) => ({ count: group.count, ...keysOf(group, by) })),
    sources: reports.map(reportToJson),
  }
}

/** The names are those of the GraphQL API. */
function keysOf(group: MessageCountGroup, by: readonly CountKeyName[]): object {
  const { source, status, type, direction, failureCode } = group
  const period = group.period === null ? null : formatDateTime(group.period)
  const values = {
    day: { period },
    hour: { period },
    source: { source },
    status: { status },
    type: { type },
    direction: { direction },
    failure_code: { failureCode },
  }
  return Object.assign({}, ...by.map((key) => values[key])) as object
}

function reportToJson(report: SourceReport): object {
  const { source, outcome, completeness, warnings, upstreamRequests, error } = report
  return {
    source,
    outcome,
    completeness,
    warnings,
    reachesBackTo: report.reachesBackTo === null ? null : formatDateTime(report.reachesBackTo),
    gaps: report.gaps.map(spanToJson),
    pushedDown: report.pushedDown,
    evaluatedLocally: report.evaluatedLocally,
    upstreamRequests,
    error,
  }
}

function spanToJson({ from, to }: TimeRange): object {
  return { from: formatDateTime(from), to: formatDateTime(to) }
}
