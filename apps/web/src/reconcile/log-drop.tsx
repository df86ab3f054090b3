import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { OriginalWords } from '../parts/problem-text.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { formatBytes } from '../texts/format.js'
import { chooseLog, logProblem } from './chosen-log.js'
import type { ChosenLog } from './log-mapping.js'
import { describeLogProblem } from './log-problem.js'
import { cancelReconcile } from './run-reconcile.js'

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le'] as const

/** Where a log is dropped or chosen. */
export function LogDrop({ log }: { readonly log: ChosenLog | null }): JSX.Element {
  const [isOver, setIsOver] = useState(false)
  const [refused, setRefused] = useState<File | null>(null)

  async function take(file: File | undefined, encoding: string | null = null): Promise<void> {
    if (file === undefined) return
    cancelReconcile()
    await chooseLog(file, encoding)
    setRefused(logProblem.value === null ? null : file)
  }

  return (
    <div
      class={isOver ? 'log-drop over' : 'log-drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        void take(event.dataTransfer?.files[0])
      }}
    >
      {log === null ? <p>{reconcileTexts.explain}</p> : <Name file={log.file} />}
      <label class="field">
        <span>{log === null ? reconcileTexts.choose : reconcileTexts.chooseOther}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.ndjson,.jsonl"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      {logProblem.value !== null && (
        <div class="banner bad" role="alert">
          <strong>{describeLogProblem(logProblem.value)}</strong>{' '}
          <OriginalWords text={logProblem.value.message} label={reconcileTexts.details} />
          {refused !== null &&
            logProblem.value.fault === 'ENCODING' &&
            ENCODINGS.map((encoding) => (
              <button key={encoding} type="button" onClick={() => void take(refused, encoding)}>
                {reconcileTexts.readAs(encoding)}
              </button>
            ))}
        </div>
      )}
    </div>
  )
}

function Name({ file }: { readonly file: File }): JSX.Element {
  return (
    <p>
      <strong>
        <bdi>{file.name.slice(0, 100)}</bdi>
      </strong>{' '}
      <span class="muted">{formatBytes(file.size)}</span>
    </p>
  )
}
