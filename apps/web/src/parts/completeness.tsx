import type { JSX } from 'preact'
import type { Completeness, ListReportFragment } from '../api/operations.js'
import { problemOf } from '../api/problem.js'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { titleOf } from './problem-text.js'

/** With these, there may be more messages than those that are known. */
const LACKING: readonly Completeness[] = [
  'WINDOW_LIMITED',
  'HAS_GAPS',
  'BUDGET_SPENT',
  'NOT_TOLD',
  'UNKNOWN',
  'UNPROVEN',
]

/** Whether a figure that rests on these reports is a lower bound. */
export function isLowerBound(reports: readonly ListReportFragment[]): boolean {
  return reports.some(({ completeness }) => LACKING.includes(completeness))
}

/** In words, for each source that is not complete, what is missing; one sentence where all are. */
export function CompletenessNotes({
  reports,
  noted = null,
}: {
  readonly reports: readonly ListReportFragment[]
  /** The reports that have a note above the list in sight, which shows gaps too: neither is repeated. Default: there is no list. */
  readonly noted?: readonly ListReportFragment[] | null
}): JSX.Element | null {
  const incomplete = reports.filter(({ completeness }) => completeness !== 'COMPLETE')
  if (incomplete.length === 0) return <p class="completeness">{texts.completeness.complete}</p>
  const notes = incomplete
    .filter((report) => noted === null || !noted.some((other) => isSameNote(report, other)))
    .map((report) => ({ id: report.source.id, words: describe(report, noted !== null) }))
    .filter(({ words }) => words !== '')
  if (notes.length === 0) return null
  return (
    <ul class="completeness">
      {notes.map(({ id, words }) => (
        <li key={id}>{words}</li>
      ))}
    </ul>
  )
}

function isSameNote(one: ListReportFragment, other: ListReportFragment): boolean {
  return (
    one.source.id === other.source.id &&
    one.completeness === other.completeness &&
    one.error?.code === other.error?.code
  )
}

function describe(
  { source, completeness, reachesBackTo, gaps, error }: ListReportFragment,
  areGapsShown: boolean,
): string {
  const words = texts.words.completeness[completeness]
  if (error !== null) return texts.completeness.failed(source.label, titleOf(problemOf(error)))
  const reach =
    reachesBackTo === null ? null : texts.completeness.reach(source.label, formatMoment(reachesBackTo))
  if (completeness === 'WINDOW_LIMITED' && reach !== null) return reach
  // A source that has gaps may have an end as well.
  if (completeness === 'HAS_GAPS')
    return [areGapsShown ? null : texts.completeness.gaps(source.label, gaps.length), reach]
      .filter((one) => one !== null)
      .join(' ')
  return texts.completeness.note(source.label, words)
}

/**
 * The header `Waybill-Completeness` in words: `octo=WINDOW_LIMITED, shop=COMPLETE`.
 *
 * @param labelOf what people call a source of that id
 */
export function describeCompleteness(header: string, labelOf: (key: string) => string): string {
  const words: Readonly<Record<string, string>> = texts.words.completeness
  const sources = header.split(', ').flatMap((part) => {
    const [, source = '', value = ''] = /^(.*)=(\w+)$/.exec(part) ?? []
    return source === '' ? [] : [texts.completeness.note(labelOf(source), words[value] ?? value)]
  })
  return sources.join(' ')
}
