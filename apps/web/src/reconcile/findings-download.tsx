import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { patientFetch } from '../api/server-fetch.js'
import { saveFile } from '../parts/save-file.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import { type ChosenLog, type FindingsFormat, reconcileParameters } from './log-mapping.js'

const FORMATS: readonly FindingsFormat[] = ['csv', 'xlsx']

type Saving = { readonly phase: 'idle' | 'failed' } | { readonly phase: 'saving'; readonly format: string }

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
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' })

  async function save(format: FindingsFormat): Promise<void> {
    if (saving.phase === 'saving') return
    setSaving({ phase: 'saving', format: format.toUpperCase() })
    try {
      const address = new URL(`reconcile${reconcileParameters(log, format)}`, document.baseURI)
      const headers = { 'content-type': 'application/octet-stream' }
      const response = await patientFetch(address, { method: 'POST', headers, body: log.file })
      if (!response.ok) return setSaving({ phase: 'failed' })
      saveFile(await response.blob(), `${name}.${format}`)
      setSaving({ phase: 'idle' })
    } catch {
      setSaving({ phase: 'failed' })
    }
  }

  return (
    <>
      <div class="run downloads">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-disabled={saving.phase === 'saving'}
            onClick={() => void save(format)}
          >
            {texts.download.start(format === 'xlsx' ? 'XLSX (Excel)' : 'CSV')}
          </button>
        ))}
        <button type="button" onClick={() => saveFile(ndjson, `${name}.ndjson`)}>
          {texts.download.start('NDJSON')}
        </button>
        <div role="status">{saving.phase === 'saving' && reconcileTexts.saving(saving.format)}</div>
      </div>
      {saving.phase === 'failed' && (
        <p class="banner bad" role="alert">
          {reconcileTexts.notSaved}
        </p>
      )}
    </>
  )
}
