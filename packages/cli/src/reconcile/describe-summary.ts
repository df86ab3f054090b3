import { countOf, formatDateTime } from '@waybill/core'
import { CONCLUSIONS, describeShift, SHIFT_REMEDY } from '@waybill/export'
import type { Agreement, Verdict } from '@waybill/reconcile'
import type { ReconcileSummary, SourceSpan } from '@waybill/runtime'

/**
 * A summary as a table for people, with its line breaks.
 * @param failOn - the verdicts that count as differences, where they were chosen
 */
export function describeSummary(
  summary: ReconcileSummary,
  agreement: Agreement,
  failOn?: readonly Verdict[],
): string {
  const { entries, unclaimed, verdicts, matchedFailed, timeShifts = [], sources } = summary
  const counts = Object.entries(verdicts).map(([verdict, number]) => [verdict, count(number)])
  const notes = Object.keys(verdicts).map((verdict) =>
    verdict === 'MATCHED' && matchedFailed > 0 ? ` (${count(matchedFailed)} of them FAILED)` : '',
  )
  return [
    `${countOf(entries, 'entry', 'entries')} of the log, ${countOf(unclaimed, 'message')} that no entry claims`,
    ...table(counts, true).map((row, index) => row + notes[index]),
    '',
    ...table(sources.map(describeSource), false),
    '',
    ...(timeShifts.length === 0 ? [] : [...timeShifts.map(describeShift), SHIFT_REMEDY, '']),
    failOn === undefined ? CONCLUSIONS[agreement] : concludeChosen(agreement, failOn),
    '',
  ].join('\n')
}

function concludeChosen(agreement: Agreement, failOn: readonly Verdict[]): string {
  const chosen = failOn.join(', ')
  if (agreement === 'DIFFERS') return `There are findings of the chosen verdicts: ${chosen}.`
  const none = `There is no finding of the chosen verdicts: ${chosen}.`
  return agreement === 'AGREES' ? none : `${none} Some entries cannot be judged.`
}

function describeSource({ source, from, to, completeness, gaps }: SourceSpan): string[] {
  const span = from === null || to === null ? 'known nowhere in this span' : `${time(from)} to ${time(to)}`
  const listed = gaps.slice(0, 5).map((gap) => `${time(gap.from)} to ${time(gap.to)}`)
  const more = gaps.length > listed.length ? [`and ${gaps.length - listed.length} more`] : []
  return [source, span, completeness, listed.length === 0 ? '' : `gaps: ${[...listed, ...more].join(', ')}`]
}

/** @param isNumeric - whether the last column is aligned to the right. */
function table(rows: readonly (readonly string[])[], isNumeric: boolean): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return isNumeric && column === row.length - 1 ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

function time(value: number): string {
  return formatDateTime(value) ?? 'an unknown time'
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
