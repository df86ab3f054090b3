import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { OriginalWords } from '../parts/problem-text.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { formatBytes } from '../texts/format.js'
import { logProblem } from './chosen-log.js'
import { EncodingChoice } from './encoding-choice.js'
import type { ChosenLog } from './log-mapping.js'
import { describeLogProblem } from './log-problem.js'
import { takeLog } from './take-log.js'

/** Where a log is dropped or chosen. */
export function LogDrop({ log }: { readonly log: ChosenLog | null }): JSX.Element {
  const [isOver, setIsOver] = useState(false)
  const problem = logProblem.value
  const file = log?.file ?? problem?.file
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
        take(event.dataTransfer?.files)
      }}
    >
      {log === null && <p>{reconcileTexts.explain}</p>}
      {file !== undefined && <Name file={file} />}
      <label class="field">
        <span>{log === null ? reconcileTexts.choose : reconcileTexts.chooseOther}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.ndjson,.jsonl"
          onChange={({ currentTarget }) => {
            take(currentTarget.files)
            // The same file can be chosen again, once it is corrected.
            currentTarget.value = ''
          }}
        />
      </label>
      {problem !== null && (
        <div class="banner bad" role="alert">
          <strong>{describeLogProblem(problem)}</strong>{' '}
          <OriginalWords text={problem.message} label={reconcileTexts.details} />
          {problem.fault === 'ENCODING' && <EncodingChoice file={problem.file} />}
        </div>
      )}
    </div>
  )
}

function take(files: FileList | null | undefined): void {
  const file = files?.[0]
  if (file !== undefined) void takeLog(file)
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
