import type { JSX } from 'preact'
import type { ListReportFragment } from '../api/operations.js'
import { show } from '../address/address.js'
import { EVERYTHING } from '../address/view.js'
import { texts } from '../texts/texts.js'

/** What the list may lack: a banner for a failed source, a line for any other source that is not complete. */
export function Notes({
  reports,
  isEmpty,
  retry,
}: {
  readonly reports: readonly ListReportFragment[]
  readonly isEmpty: boolean
  readonly retry: () => void
}): JSX.Element {
  const failed = reports.filter(({ outcome }) => outcome === 'FAILED')
  const doubtful = reports.filter((report) => report.outcome !== 'FAILED' && isWorthANote(report, isEmpty))
  return (
    <>
      {failed.map(({ source, error }) => (
        <div key={source.id} class="banner bad" role="alert">
          <p>
            <strong>{texts.list.failedSource(source.label)}</strong> {error?.message}
          </p>
          <button type="button" onClick={retry}>
            {texts.problems.retry}
          </button>
        </div>
      ))}
      {isEmpty && (
        <div class="empty" role="status">
          <p>{doubtful.length + failed.length > 0 ? texts.list.nothingUnsure : texts.list.nothingSure}</p>
          <button type="button" onClick={() => show(EVERYTHING)}>
            {texts.list.clearFilters}
          </button>
        </div>
      )}
      {doubtful.map(({ source, completeness, warnings }) => (
        <details key={source.id} class="banner">
          <summary>{texts.list.note(source.label, texts.words.completeness[completeness])}</summary>
          {warnings.map(({ code, message }) => (
            <p key={code}>{message}</p>
          ))}
        </details>
      ))}
    </>
  )
}

/** Gaps and the end of a window stand in the list; where it has no rows, they are said here. */
function isWorthANote({ completeness }: ListReportFragment, isEmpty: boolean): boolean {
  if (completeness === 'COMPLETE') return false
  return isEmpty || (completeness !== 'HAS_GAPS' && completeness !== 'WINDOW_LIMITED')
}
