import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { describeCompleteness } from '../parts/completeness.js'
import { useSourceLabels } from '../parts/source-labels.js'
import { formatNumber, formatSpan } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { FindingsDownload } from './findings-download.js'
import type { FindingGroup, ShownFinding } from './findings.js'
import { FindingList } from './finding-list.js'
import type { ReconcileResult } from './run-reconcile.js'
import { soughtEntry } from './similar.js'
import { TimeShifts } from './time-shifts.js'

/** How many findings of a verdict are shown at first, and added each time. */
const STEP = 50

/** What was found, grouped by verdict, each with what it means. */
export function Results({
  result,
  areNew,
}: {
  readonly result: ReconcileResult
  /** Whether the person waits for them: then they come into sight, and take the focus. */
  readonly areNew: boolean
}): JSX.Element {
  const { groups, entries, unclaimed, completeness, compared, shifts, file, log } = result
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (!areNew) return
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [])
  const labelOf = useSourceLabels()
  const name = log.file.name.replace(/\.[^.]*$/, '')
  return (
    <section aria-label={reconcileTexts.results}>
      <h3 ref={heading} tabIndex={-1}>
        {reconcileTexts.found(entries, unclaimed)}
      </h3>
      {compared !== null && (
        <p>
          {compared.from <= 0 ? reconcileTexts.comparedAll : reconcileTexts.compared(formatSpan(compared))}
        </p>
      )}
      <TimeShifts shifts={shifts} />
      <p class="muted">{reconcileTexts.completeness(describeCompleteness(completeness, labelOf))}</p>
      {file !== null && <FindingsDownload log={log} ndjson={file} name={`${name}-findings`} />}
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
  const { verdict, count, failed, findings } = group
  const [isOpen, setIsOpen] = useState(false)
  const [shown, setShown] = useState(STEP)
  const { title, meaning } = reconcileTexts.verdicts[verdict]
  const sought = soughtEntry.value
  const place = sought === null ? -1 : findings.findIndex(({ entry }) => entry === sought)
  useEffect(() => {
    if (place === -1) return
    setShown((before) => Math.max(before, STEP * Math.ceil((place + 1) / STEP)))
    setIsOpen(true)
  }, [place])
  return (
    <details
      class={`verdict ${verdict}`}
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <span class="count">{formatNumber(count)}</span> <strong>{title}</strong>{' '}
        {failed > 0 && <strong class="failed">{reconcileTexts.failed(formatNumber(failed))}</strong>}{' '}
        <span class="what-it-means">{meaning}</span>
      </summary>
      {isOpen &&
        stepsOf(findings.slice(0, shown)).map((step, index) => (
          <FindingList key={index} findings={step} log={log} labelOf={labelOf} />
        ))}
      {shown < findings.length && (
        <button type="button" onClick={() => setShown(shown + STEP)}>
          {reconcileTexts.more}
        </button>
      )}
      {shown >= findings.length && findings.length < count && (
        <p class="muted">{reconcileTexts.notAll(formatNumber(findings.length))}</p>
      )}
    </details>
  )
}

function stepsOf(findings: readonly ShownFinding[]): ShownFinding[][] {
  const count = Math.ceil(findings.length / STEP)
  return Array.from({ length: count }, (_, index) => findings.slice(index * STEP, (index + 1) * STEP))
}
