import type { JSX } from 'preact'
import type { ListReportFragment } from '../api/operations.js'
import { follow, hrefOf, show, view } from '../address/address.js'
import { daysOfSpan } from '../address/time-choice.js'
import { EVERYTHING, type View } from '../address/view.js'
import { problemOf } from '../api/problem.js'
import { focusList } from '../parts/keep-focus.js'
import { ProblemText } from '../parts/problem-text.js'
import { spanInWords } from '../parts/span-in-words.js'
import { isOver, lacksCountryCode, type ListQuery } from '../search/list-query.js'
import { texts } from '../texts/texts.js'

/** What the list may lack: a banner for a failed source, a line for any other source that is not complete. */
export function Notes({
  query,
  openedAt,
  reports,
  isEmpty,
  hasRows,
  retry,
}: {
  readonly query: ListQuery
  /** When the list was opened, in milliseconds. */
  readonly openedAt: number
  readonly reports: readonly ListReportFragment[]
  /** Whether no message matches. */
  readonly isEmpty: boolean
  /** Whether the list has any row, such as the end of a window. */
  readonly hasRows: boolean
  readonly retry: () => void
}): JSX.Element {
  const noted = notedOf(reports, hasRows)
  const failed = noted.filter(({ outcome }) => outcome === 'FAILED')
  const doubtful = noted.filter(({ outcome }) => outcome !== 'FAILED')
  const isDoubtful = reports.some(({ completeness }) => completeness !== 'COMPLETE')
  return (
    <>
      {failed.map(({ source, error }) => (
        <div key={source.id} class="banner bad" role="alert">
          <div>
            <p>
              <strong>{texts.list.failedSource(source.label)}</strong>
            </p>
            {error !== null && <ProblemText problem={problemOf(error)} />}
          </div>
          <button type="button" onClick={retry}>
            {texts.problems.retry}
          </button>
        </div>
      ))}
      {reports.map(({ source, gaps, completeness, warnings }) =>
        gaps.length === 0 ? null : (
          <details key={`gaps of ${source.id}`} class="banner">
            <summary>
              {texts.list.gaps(source.label, gaps.length)}
              {completeness === 'HAS_GAPS' && furtherWarnings(warnings)}
            </summary>
            <ul class="plain">
              {gaps.toReversed().map((gap) => (
                <li key={gap.from}>
                  <GapLink gap={gap} />
                </li>
              ))}
            </ul>
          </details>
        ),
      )}
      {doubtful.map(({ source, completeness, warnings }) => (
        <details key={source.id} class="banner">
          <summary>{texts.list.note(source.label, texts.words.completeness[completeness])}</summary>
          {warnings.map(({ code }) => (
            <p key={code}>{texts.words.warnings[code]}</p>
          ))}
        </details>
      ))}
      {isEmpty && (
        <div class="empty" role="status">
          <p>
            {isDoubtful
              ? texts.list.nothingUnsure
              : isOver(query, openedAt)
                ? texts.list.nothingSure
                : texts.list.nothingYet}
          </p>
          {lacksCountryCode(view.value) && <p>{texts.list.countryCode}</p>}
          <button
            type="button"
            onClick={() => {
              show(EVERYTHING)
              focusList()
            }}
          >
            {texts.list.clearFilters}
          </button>
        </div>
      )}
    </>
  )
}

/** Gaps are graver than some warnings, which hold beside them; that the archive is late is the gap itself. */
function furtherWarnings(warnings: ListReportFragment['warnings']): string {
  const sentences = warnings
    .filter(({ code }) => code !== 'ARCHIVE_LATE')
    .map(({ code }) => texts.words.warnings[code])
  return sentences.length === 0 ? '' : `. ${sentences.join(' ')}`
}

/** Leads to the days of a gap, and there to its row. */
function GapLink({ gap }: { readonly gap: ListReportFragment['gaps'][number] }): JSX.Element {
  const change: Partial<View> = {
    time: daysOfSpan({ from: new Date(gap.from), to: new Date(gap.to) }),
    at: gap.to,
  }
  return (
    <a href={hrefOf(change)} onClick={(event) => follow(event, change)}>
      {spanInWords(gap)}
    </a>
  )
}

/**
 * The reports that have a note above the list. Gaps have a line of their own. The end of a window is a row of the list; a list
 * without rows has a note of it.
 */
export function notedOf(reports: readonly ListReportFragment[], hasRows: boolean): ListReportFragment[] {
  return reports.filter(({ outcome, completeness }) => {
    if (outcome === 'FAILED') return true
    if (completeness === 'COMPLETE' || completeness === 'HAS_GAPS') return false
    return !hasRows || completeness !== 'WINDOW_LIMITED'
  })
}
