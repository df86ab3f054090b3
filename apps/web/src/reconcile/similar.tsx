import { useQuery } from '@urql/preact'
import { type Signal, signal } from '@preact/signals'
import type { JSX } from 'preact'
import { type CandidateMessageFragment, CandidatesDocument } from '../api/operations.js'
import { atSessionEnd } from '../api/token.js'
import { MessageLinks } from '../message/message-links.js'
import { formatNumber } from '../texts/format.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import type { ChosenLog } from './log-mapping.js'
import { EntryValues } from './entry-values.js'
import type { ShownFinding, Similar } from './findings.js'
import type { LogLine } from './log-table.js'
import { QueryProblem } from './query-problem.js'
import { reconcileState, resultOfState } from './run-reconcile.js'

/** The entry whose finding is to be opened and brought into sight, by its place in the log; null: none, or done. */
export const soughtEntry: Signal<number | null> = signal(null)

atSessionEnd(() => {
  soughtEntry.value = null
})

/** How an entry is called: by its place, and by its line where that is known. */
export function nameOfEntry(entry: number, line: number | undefined): string {
  const { entryInLine, entryOnly } = reconcileTexts
  return line === undefined
    ? entryOnly(formatNumber(entry))
    : entryInLine(formatNumber(entry), formatNumber(line))
}

/** What differs between an entry and what resembles it, in words; empty where nothing does. */
export function describeDifferences({ differs }: Pick<Similar<string>, 'differs'>): string {
  const { reasons, fields } = reconcileTexts
  return differs.map((field) => reasons.differs(fields[field])).join(', ')
}

/** Messages without an entry that resemble an entry, each with what differs. */
export function SimilarMessages({ similar }: { readonly similar: readonly Similar<string>[] }): JSX.Element {
  const [{ data, error, fetching }, repeat] = useQuery({
    query: CandidatesDocument,
    variables: { ids: similar.map(({ name }) => name) },
  })
  if (error !== undefined) return <QueryProblem error={error} repeat={repeat} />
  if (fetching) return <p role="status">{texts.list.loading}</p>
  const messages: readonly CandidateMessageFragment[] = (data?.nodes ?? []).filter(
    (node) => node?.__typename === 'Message',
  )
  const noteOf = (id: string): string => {
    const one = similar.find(({ name }) => name === id)
    return one === undefined ? '' : describeDifferences(one)
  }
  return (
    <>
      <p>{reconcileTexts.similarMessages}</p>
      <MessageLinks messages={messages} noteOf={({ id }) => noteOf(id)} />
      <p class="muted">{reconcileTexts.similarNote}</p>
    </>
  )
}

/** Whether the finding of an entry is among those that the page keeps. */
function isShown(entry: number): boolean {
  const groups = resultOfState(reconcileState.value)?.groups ?? []
  return groups.some(({ findings }) => findings.some((finding) => finding.entry === entry))
}

/** Entries that a finding points to: the one that has its message, or those that resemble its message. */
export function PointedEntries({
  finding: { duplicateOf, similarEntries },
  log,
  lines,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
  readonly lines: ReadonlyMap<number, LogLine>
}): JSX.Element {
  const isDuplicate = duplicateOf !== null
  const pointed = isDuplicate ? [{ name: duplicateOf, differs: [] }] : similarEntries
  return (
    <section>
      <h4>{isDuplicate ? reconcileTexts.hasMessage : reconcileTexts.similarEntries}</h4>
      {pointed.map((one) => {
        const found = lines.get(one.name)
        return (
          <div key={one.name}>
            <p>
              {[nameOfEntry(one.name, found?.line), describeDifferences(one)]
                .filter((part) => part !== '')
                .join(' · ')}{' '}
              {isShown(one.name) && (
                <button type="button" onClick={() => (soughtEntry.value = one.name)}>
                  {reconcileTexts.showEntry}
                </button>
              )}
            </p>
            {found !== undefined && <EntryValues log={log} row={found.values} />}
          </div>
        )
      })}
      {!isDuplicate && <p class="muted">{reconcileTexts.similarNote}</p>}
    </section>
  )
}
