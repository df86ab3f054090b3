import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { show, view } from '../address/address.js'
import { useCounts } from '../counts/use-counts.js'
import { now } from '../api/clock.js'
import { CompletenessNotes, describeCompleteness, isLowerBound } from '../parts/completeness.js'
import { Panel } from '../parts/panel.js'
import { ProblemNote } from '../parts/problem-note.js'
import { ProblemText } from '../parts/problem-text.js'
import { useSourceLabels } from '../parts/source-labels.js'
import { type ListQuery, meaningOfView } from '../search/list-query.js'
import { formatBytes, timeZone } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { downloadAddress, type DownloadFormat, FORMATS } from './download-address.js'
import { downloadName } from './download-name.js'
import './download.css'
import { cancelDownload, downloadState, startDownload } from './run-download.js'

/** Downloads what the list shows, and says first what it may lack. */
export function DownloadPanel({ query }: { readonly query: ListQuery }): JSX.Element {
  const [format, setFormat] = useState<DownloadFormat>('csv')
  return (
    <Panel title={texts.shell.download} close={() => show({ panel: null })}>
      {meaningOfView(view.value) === 'id' ? (
        <p>{texts.download.noId}</p>
      ) : (
        <div class="download">
          <Contents query={query} />
          <fieldset>
            <legend>{texts.download.format}</legend>
            {FORMATS.map((one) => (
              <label key={one}>
                <input type="radio" name="format" checked={one === format} onChange={() => setFormat(one)} />
                {texts.download.formats[one]}
              </label>
            ))}
          </fieldset>
          <Run address={downloadAddress(query, format, timeZone())} format={format} />
        </div>
      )}
    </Panel>
  )
}

function Contents({ query }: { readonly query: ListQuery }): JSX.Element {
  const { counts, problem, retry } = useCounts(query)
  if (problem !== null) return <ProblemNote problem={problem} retry={retry} />
  if (counts === null) return <p role="status">{texts.counts.counting}</p>
  return (
    <>
      <p>{texts.download.what(counts.total, isLowerBound(counts.sources))}</p>
      <section>
        <h3>{texts.download.completeness}</h3>
        <CompletenessNotes reports={counts.sources} />
      </section>
    </>
  )
}

function Run({
  address,
  format,
}: {
  readonly address: string
  readonly format: DownloadFormat
}): JSX.Element {
  const state = downloadState.value
  const labelOf = useSourceLabels()
  const isRunning = state.phase === 'waiting' || state.phase === 'running'
  return (
    <>
      <div class="run">
        <button
          type="button"
          class="primary"
          aria-disabled={isRunning}
          onClick={() => {
            if (!isRunning) void startDownload(address, downloadName(view.value, format, now()))
          }}
        >
          {texts.download.start(format.toUpperCase())}
        </button>
        {isRunning && (
          <button type="button" onClick={cancelDownload}>
            {texts.download.cancel}
          </button>
        )}
      </div>
      <div role="status">
        {state.phase === 'waiting' && texts.download.waiting}
        {state.phase === 'running' && texts.download.running(formatBytes(state.bytes))}
        {state.phase === 'done' &&
          `${texts.download.done(state.name, formatBytes(state.bytes))} ${describeCompleteness(state.completeness, labelOf)}`}
      </div>
      {state.phase === 'broken' && (
        <p class="banner bad" role="alert">
          {texts.download.broken}
        </p>
      )}
      {state.phase === 'refused' && (
        <div class="banner bad" role="alert">
          <ProblemText problem={state.problem} />
        </div>
      )}
      <details>
        <summary>{texts.download.script}</summary>
        <p>{texts.download.scriptExplain}</p>
        <pre tabIndex={0}>{commandOf(address)}</pre>
      </details>
    </>
  )
}

function commandOf(address: string): string {
  const { href } = new URL(address, document.baseURI)
  // A quote would end the argument of the shell.
  return `curl --fail -OJ -H "Authorization: Bearer $WAYBILL_TOKEN" '${href.replaceAll("'", '%27')}'`
}
