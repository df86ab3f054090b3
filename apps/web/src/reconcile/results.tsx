import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { describeCompleteness } from '../parts/completeness.js'
import { saveFile } from '../parts/save-file.js'
import { useSourceLabels } from '../parts/source-labels.js'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { ChosenLog } from './chosen-log.js'
import { findingsTable } from './findings-table.js'
import type { FindingGroup, ShownFinding } from './findings.js'
import { FindingRow } from './finding-row.js'
import { type LogRow, readEntries } from './log-table.js'
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
        <Group key={group.verdict} group={group} result={result} labelOf={labelOf} />
      ))}
    </section>
  )
}

function Group({
  group,
  result: { log },
  labelOf,
}: {
  readonly group: FindingGroup
  readonly result: ReconcileResult
  readonly labelOf: (source: string) => string
}): JSX.Element {
  const { verdict, count, findings } = group
  const [isOpen, setIsOpen] = useState(false)
  const [shown, setShown] = useState(STEP)
  const listed = isOpen ? findings.slice(0, shown) : []
  const rows = useEntries(log, listed)
  const { title, meaning } = texts.reconcile.verdicts[verdict]
  return (
    <details class={`verdict ${verdict}`} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <span class="count">{formatNumber(count)}</span> <strong>{title}</strong>{' '}
        <span class="what-it-means">{meaning}</span>
      </summary>
      {isOpen && (
        <ul>
          {listed.map((finding, index) => (
            <FindingRow
              key={finding.entry ?? `message ${index}`}
              finding={finding}
              log={log}
              row={finding.entry === null ? null : (rows.get(finding.entry) ?? null)}
              labelOf={labelOf}
            />
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

/** The entries that findings are about, as the log has them, as soon as they are read. */
function useEntries(log: ChosenLog, findings: readonly ShownFinding[]): ReadonlyMap<number, LogRow> {
  const [rows, setRows] = useState<ReadonlyMap<number, LogRow>>(new Map())
  useEffect(() => {
    let isOver = false
    const entries = findings.flatMap(({ entry }) => entry ?? [])
    async function read(): Promise<void> {
      const found = await readEntries(log.file, log.table, entries)
      if (!isOver) setRows(found)
    }
    if (entries.length > 0) void read()
    return () => {
      isOver = true
    }
  }, [log, findings.length])
  return rows
}

async function saveTable(file: Blob, name: string): Promise<void> {
  saveFile(await findingsTable(file), name)
}
