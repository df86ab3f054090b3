import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { describeCompleteness } from '../parts/completeness.js'
import { saveFile } from '../parts/save-file.js'
import { useSourceLabels } from '../parts/source-labels.js'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { findingsTable } from './findings-table.js'
import type { FindingGroup } from './findings.js'
import { FindingRow } from './finding-row.js'
import type { ReconcileResult } from './run-reconcile.js'

/** How many findings of a verdict are shown at first, and added each time. */
const STEP = 50

/** What was found, grouped by verdict, each with what it means. */
export function Results({ result }: { readonly result: ReconcileResult }): JSX.Element {
  const { groups, count, completeness, file, log } = result
  const labelOf = useSourceLabels()
  const name = log.file.name.replace(/\.[^.]*$/, '')
  return (
    <section aria-label={texts.reconcile.results}>
      <h3>{texts.reconcile.found(count)}</h3>
      <p class="muted">{texts.reconcile.completeness(describeCompleteness(completeness, labelOf))}</p>
      {file !== null && (
        <div class="run">
          <button type="button" onClick={() => void saveTable(file, `${name}-findings.csv`)}>
            {texts.download.start('CSV')}
          </button>
          <button type="button" onClick={() => saveFile(file, `${name}-findings.ndjson`)}>
            {texts.download.start('NDJSON')}
          </button>
        </div>
      )}
      {groups.map((group) => (
        <Group key={group.verdict} group={group} result={result} />
      ))}
    </section>
  )
}

function Group({
  group,
  result,
}: {
  readonly group: FindingGroup
  readonly result: ReconcileResult
}): JSX.Element {
  const { verdict, count, findings } = group
  const [isOpen, setIsOpen] = useState(false)
  const [shown, setShown] = useState(STEP)
  const { title, meaning } = texts.reconcile.verdicts[verdict]
  return (
    <details class={`verdict ${verdict}`} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <span class="count">{formatNumber(count)}</span> <strong>{title}</strong>{' '}
        <span class="what-it-means">{meaning}</span>
      </summary>
      {isOpen && (
        <ul>
          {findings.slice(0, shown).map((finding, index) => (
            <FindingRow key={finding.entry ?? `message ${index}`} finding={finding} log={result.log} />
          ))}
        </ul>
      )}
      {shown < findings.length && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {texts.reconcile.more}
        </button>
      )}
      {shown >= findings.length && findings.length < count && (
        <p class="muted">{texts.reconcile.notAll(formatNumber(findings.length))}</p>
      )}
    </details>
  )
}

async function saveTable(file: Blob, name: string): Promise<void> {
  saveFile(await findingsTable(file), name)
}
