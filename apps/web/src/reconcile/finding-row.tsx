import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CandidateMessageFragment } from '../api/operations.js'
import { shortText } from '../parts/short-text.js'
import { formatSeconds } from '../texts/duration.js'
import { formatMoment, formatNumber, formatSpan } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import { type ChosenLog, momentOf, valueOf } from './log-mapping.js'
import type { ShownFinding } from './findings.js'
import type { LogLine, LogRow } from './log-table.js'
import { readReason } from './read-reason.js'
import { SideBySide } from './side-by-side.js'
import { describeDifferences, nameOfEntry, soughtEntry } from './similar.js'

/** Longer values of an entry or a message are cut in its line. */
const LONGEST = 60

/** One finding in a line; opened, the entry stands beside its candidates. */
export function FindingRow({
  finding,
  log,
  lines,
  message,
  labelOf,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
  /** Entries as the log has them, as far as they are known. */
  readonly lines: ReadonlyMap<number, LogLine>
  /** The message that no entry claims; null where the finding has an entry, and before the message is read. */
  readonly message: CandidateMessageFragment | null
  readonly labelOf: (source: string) => string
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const row = lines.get(finding.entry ?? 0)?.values ?? null
  const isSought = finding.entry !== null && finding.entry === soughtEntry.value
  useEffect(() => {
    if (!isSought) return
    soughtEntry.value = null
    setIsOpen(true)
    summary.current?.focus({ preventScroll: true })
    summary.current?.scrollIntoView({ block: 'center' })
  }, [isSought])
  return (
    <li>
      <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary ref={summary}>
          {describe(finding, labelOf, lines)}
          {row !== null && <Words words={wordsOfEntry(log, row)} />}
          {message !== null && <Words words={wordsOfMessage(message)} />}
        </summary>
        {isOpen && <SideBySide finding={finding} log={log} lines={lines} />}
      </details>
    </li>
  )
}

function Words({ words }: { readonly words: readonly string[] }): JSX.Element {
  const shown = words
    .filter((word) => word !== '')
    .map((word) => (word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word))
  return (
    <span class="muted">
      {shown.map((word, index) => (
        <span key={index}>
          {' · '}
          <bdi>{word}</bdi>
        </span>
      ))}
    </span>
  )
}

/** What one knows an entry by: to whom, when, and what. */
function wordsOfEntry(log: ChosenLog, row: LogRow): string[] {
  const [name = ''] = (['to', 'id', 'whatsappId', 'reference'] as const)
    .map((field) => valueOf(log, row, field))
    .filter((value) => value !== '')
  const moment = momentOf(log, row)
  const time =
    moment === null
      ? [valueOf(log, row, 'at'), valueOf(log, row, 'timeOfDay')].join(' ').trim()
      : formatMoment(moment)
  return [name, time, valueOf(log, row, 'text')]
}

/** The same of a message. */
function wordsOfMessage({ contact, to, sentAt, text }: CandidateMessageFragment): string[] {
  return [contact?.id ?? to ?? '', formatMoment(sentAt), text === null ? '' : shortText(text)]
}

function describe(
  finding: ShownFinding,
  labelOf: (source: string) => string,
  lines: ReadonlyMap<number, LogLine>,
): string {
  const { entry, rule, deltaSeconds, status, reasons, source, upstreamId } = finding
  const { duplicateOf } = finding
  const words = reconcileTexts
  const isUnclaimed = entry === null && source !== null && upstreamId !== null
  return [
    ...(entry === null ? [] : [words.entry(formatNumber(entry))]),
    ...(isUnclaimed ? [words.message(labelOf(source), upstreamId.slice(0, LONGEST))] : []),
    ...describeDoubt(finding, isUnclaimed ? null : source, labelOf),
    ...(rule === null ? [] : [words.rules[rule]]),
    ...(deltaSeconds === null ? [] : [words.delta(lengthOf(deltaSeconds), deltaSeconds > 0)]),
    ...(status === null ? [] : [texts.words.status[status]]),
    ...(duplicateOf === null
      ? []
      : [words.belongsTo(nameOfEntry(duplicateOf, lines.get(duplicateOf)?.line))]),
    ...reasons.map(describeReason),
    ...describeSimilar(finding, lines),
  ].join(' · ')
}

/**
 * Why nothing can be said, and for which span that holds.
 *
 * @param source the one that the reason is about; null if it is named already, or the reason is about no source
 */
function describeDoubt(
  { because, span: { from, to } }: ShownFinding,
  source: string | null,
  labelOf: (source: string) => string,
): string[] {
  if (because === null) return []
  const words = reconcileTexts
  const reason = words.because[because]
  const named = source === null ? reason : `${labelOf(source)}: ${reason}`
  if (from !== null && to !== null) return [named, formatSpan({ from, to })]
  if (to !== null) return [named, words.until(formatMoment(to))]
  return from === null ? [named] : [named, words.since(formatMoment(from))]
}

function lengthOf(seconds: number): string | null {
  return seconds === 0 ? null : formatSeconds(Math.abs(seconds))
}

/** The most similar message or entry, and what differs. */
function describeSimilar(
  { similarMessages: [message], similarEntries: [entry] }: ShownFinding,
  lines: ReadonlyMap<number, LogLine>,
): string[] {
  const { resemblesMessage, resemblesEntry } = reconcileTexts
  const what =
    entry === undefined
      ? resemblesMessage
      : resemblesEntry(nameOfEntry(entry.name, lines.get(entry.name)?.line))
  const one = message ?? entry
  if (one === undefined) return []
  const differences = describeDifferences(one)
  return [differences === '' ? what : `${what} (${differences})`]
}

function describeReason(text: string): string {
  const { reasons, fields } = reconcileTexts
  const statuses = texts.words.status
  const reason = readReason(text)
  switch (reason?.kind) {
    case undefined:
      return text.slice(0, LONGEST * 3)
    case 'differs':
    case 'notListed':
      return reasons[reason.kind](fields[reason.field])
    case 'apart':
      return reasons.apart(formatSeconds(reason.seconds))
    case 'statusDiffers':
      return reasons.statusDiffers(statuses[reason.ours], statuses[reason.theirs])
    case 'textEdited':
    case 'statusUnknown':
      return reasons[reason.kind]
  }
}
