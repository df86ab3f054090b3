import type { JSX } from 'preact'
import { saveFile } from '../parts/save-file.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import { Elapsed } from './elapsed.js'
import type { ChosenLog, FindingsFormat } from './log-mapping.js'
import { ReconcileProblem } from './reconcile-problem.js'
import { cancelSaving, saveFindings, savingState } from './save-findings.js'

const FORMATS: readonly FindingsFormat[] = ['csv', 'xlsx']

/**
 * Saves findings: as a table, with the fields of entries and messages, which the server makes by comparing once more; or as the
 * lines that the page has read.
 */
export function FindingsDownload({
  log,
  ndjson,
  name,
}: {
  readonly log: ChosenLog
  readonly ndjson: Blob
  /** Of the file, without its ending. */
  readonly name: string
}): JSX.Element {
  const saving = savingState.value
  const isSaving = saving.phase === 'saving'
  return (
    <>
      <div class="run downloads">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-disabled={isSaving}
            onClick={() => {
              if (!isSaving) void saveFindings(log, format, `${name}.${format}`)
            }}
          >
            {texts.download.start(format === 'xlsx' ? 'XLSX (Excel)' : 'CSV')}
          </button>
        ))}
        <button type="button" onClick={() => saveFile(ndjson, `${name}.ndjson`)}>
          {texts.download.start('NDJSON')}
        </button>
        {isSaving && (
          <button type="button" onClick={cancelSaving}>
            {texts.download.cancel}
          </button>
        )}
        <div role="status">{isSaving && reconcileTexts.saving(saving.format.toUpperCase())}</div>
        {isSaving && <Elapsed since={saving.since} />}
      </div>
      {(saving.phase === 'broken' || saving.phase === 'changed') && (
        <p class="banner bad" role="alert">
          {saving.phase === 'changed' ? reconcileTexts.fileChanged : reconcileTexts.notSaved}
        </p>
      )}
      {saving.phase === 'refused' && <ReconcileProblem problem={saving.problem} file={log.file} />}
    </>
  )
}
