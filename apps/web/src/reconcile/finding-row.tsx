import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { formatMoment, formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { type ChosenLog, valueOf } from './chosen-log.js'
import type { ShownFinding } from './findings.js'
import type { LogRow } from './log-table.js'
import { readReason } from './read-reason.js'
import { SideBySide } from './side-by-side.js'

/** Longer values of an entry are cut in its line. */
const LONGEST = 60

/** One finding in a line; opened, the entry stands beside its candidates. */
export function FindingRow({
  finding,
  log,
  row,
  labelOf,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
  /** The entry as the log has it; null where it is not known. */
  readonly row: LogRow | null
  readonly labelOf: (source: string) => string
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li>
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>
          {describe(finding, labelOf)}
          {row !== null && <EntryWords log={log} row={row} />}
        </summary>
        {isOpen && <SideBySide finding={finding} log={log} />}
      </details>
    </li>
  )
}

/** What one knows an entry by: to whom, when, and what. */
function EntryWords({ log, row }: { readonly log: ChosenLog; readonly row: LogRow }): JSX.Element {
  const [name = ''] = (['to', 'id', 'whatsappId', 'reference'] as const)
    .map((field) => valueOf(log, row, field))
    .filter((value) => value !== '')
  const words = [name, readableTime(valueOf(log, row, 'at')), valueOf(log, row, 'text')]
    .filter((value) => value !== '')
    .map((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value))
  return (
    <span class="muted">
      {words.map((word, index) => (
        <span key={index}>
          {' · '}
          <bdi>{word}</bdi>
        </span>
      ))}
    </span>
  )
}

/** A time with a zone as the page writes times; any other text as it is. */
function readableTime(text: string): string {
  return /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
    ? formatMoment(text)
    : text
}

function describe(finding: ShownFinding, labelOf: (source: string) => string): string {
  const { entry, rule, deltaSeconds, status, reasons, because, source, upstreamId } = finding
  const words = texts.reconcile
  const isUnclaimed = entry === null && source !== null && upstreamId !== null
  return [
    ...(entry === null ? [] : [words.entry(formatNumber(entry))]),
    ...(isUnclaimed ? [words.message(labelOf(source), upstreamId.slice(0, LONGEST))] : []),
    ...(because === null ? [] : [words.because[because]]),
    ...(rule === null ? [] : [words.rules[rule]]),
    ...(deltaSeconds === null ? [] : [words.delta(formatNumber(Math.abs(deltaSeconds)), deltaSeconds >= 0)]),
    ...(status === null ? [] : [texts.words.status[status]]),
    ...reasons.map(describeReason),
  ].join(' · ')
}

function describeReason(text: string): string {
  const { reasons, fields } = texts.reconcile
  const statuses = texts.words.status
  const reason = readReason(text)
  switch (reason?.kind) {
    case undefined:
      return text.slice(0, LONGEST * 3)
    case 'differs':
      return reasons.differs(fields[reason.field])
    case 'apart':
      return reasons.apart(formatNumber(reason.seconds))
    case 'statusDiffers':
      return reasons.statusDiffers(statuses[reason.ours], statuses[reason.theirs])
    case 'textEdited':
    case 'statusUnknown':
      return reasons[reason.kind]
  }
}
