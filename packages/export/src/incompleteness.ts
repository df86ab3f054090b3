import { formatDateTime, type TimeRange } from '@waybill/core'
import type { SourceReport } from '@waybill/engine'

/** Something that a source could not give. */
export interface IncompletenessEntry {
  /** For a person. */
  readonly words: string
  /** How many messages it is about, in the answer that had most of them; null where that is not known. */
  readonly count: number | null
}

/** What the sources could not give, each kind once for a source. */
export type Incompleteness = Readonly<Record<string, IncompletenessEntry>>

/**
 * Adds what the sources of a page could not give. The first words count, since where a gap ends with the present, every
 * page would have another one; words that have a count give way to those that have a greater one.
 */
export function addIncompleteness(
  incompleteness: Incompleteness,
  reports: readonly SourceReport[],
): Incompleteness {
  const all = new Map(Object.entries(incompleteness))
  for (const [kind, entry] of reports.flatMap(incompletenessOf)) {
    const known = all.get(kind)
    if (known === undefined || (entry.count ?? 0) > (known.count ?? 0)) all.set(kind, entry)
  }
  return Object.fromEntries(all)
}

type KeyedEntry = readonly [kind: string, entry: IncompletenessEntry]

/**
 * What a source could not give: what its report warns of, and how far it reaches. A spent budget hides what else holds,
 * and is no shortcoming itself: one goes on.
 */
function incompletenessOf(report: SourceReport): KeyedEntry[] {
  const { source, outcome, completeness, error } = report
  if (outcome === 'FAILED') {
    return [
      [`${source} FAILED`, inWords(`${source} could not be read: ${error?.message ?? 'unknown reason'}`)],
    ]
  }
  const warned = report.warnings.map(({ code, field, message, count }): KeyedEntry => [
    [source, code, ...(field === null ? [] : [field])].join(' '),
    { words: `${source}: ${code}: ${message}`, count },
  ])
  const reach = reachOf(report)
  if (reach !== null) return [...warned, reach]
  const isUnexplained = warned.length === 0 && completeness !== 'COMPLETE' && completeness !== 'BUDGET_SPENT'
  return isUnexplained
    ? [[`${source} ${completeness}`, inWords(`${source} may be incomplete (${completeness})`)]]
    : warned
}

/** What a report says beside its warnings of how much a source can give; null where that is all. */
function reachOf({ source, completeness, reachesBackTo, gaps }: SourceReport): KeyedEntry | null {
  if (gaps.length > 0)
    return [`${source} HAS_GAPS`, inWords(`${source} has gaps: ${gaps.map(span).join(', ')}`)]
  if (completeness === 'WINDOW_LIMITED') {
    const words = `${source} goes back to ${time(reachesBackTo)}; older messages may exist, but the upstream does not list them`
    return [`${source} WINDOW_LIMITED`, inWords(words)]
  }
  if (completeness === 'MOVING_SORT') {
    const words = `${source} may lack or repeat messages that changed meanwhile: they move under this sort`
    return [`${source} MOVING_SORT`, inWords(words)]
  }
  return null
}

function inWords(words: string): IncompletenessEntry {
  return { words, count: null }
}

function span({ from, to }: TimeRange): string {
  return `${time(from)} to ${time(to)}`
}

function time(value: number | null): string {
  return (value === null ? null : formatDateTime(value)) ?? 'an unknown time'
}
