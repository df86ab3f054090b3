import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { ChosenLog } from './chosen-log.js'
import type { ShownFinding } from './findings.js'
import { SideBySide } from './side-by-side.js'

/** One finding in a line; opened, the entry stands beside its candidates. */
export function FindingRow({
  finding,
  log,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li>
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>{describe(finding)}</summary>
        {isOpen && <SideBySide finding={finding} log={log} />}
      </details>
    </li>
  )
}

function describe(finding: ShownFinding): string {
  const { entry, rule, deltaSeconds, status, reasons, because, source, upstreamId } = finding
  const words = texts.reconcile
  const isUnclaimed = entry === null && source !== null && upstreamId !== null
  return [
    entry === null ? words.unclaimed : words.entry(formatNumber(entry)),
    ...(isUnclaimed ? [`${source} ${upstreamId}`] : []),
    ...(because === null ? [] : [words.because[because]]),
    ...(rule === null ? [] : [words.rules[rule]]),
    ...(deltaSeconds === null ? [] : [words.delta(formatNumber(Math.abs(deltaSeconds)), deltaSeconds >= 0)]),
    ...(status === null ? [] : [texts.words.status[status]]),
    ...reasons.map((reason) => reason.slice(0, 200)),
  ].join(' · ')
}
