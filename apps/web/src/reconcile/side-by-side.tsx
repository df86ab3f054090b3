import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CandidatesDocument } from '../api/operations.js'
import { MessageLinks } from '../message/message-links.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import type { ChosenLog } from './log-mapping.js'
import { EntryValues } from './entry-values.js'
import { entriesOf, type ShownFinding } from './findings.js'
import { type LogLine, readOpened } from './log-table.js'
import { NearMessages } from './near-messages.js'
import { QueryProblem } from './query-problem.js'
import { PointedEntries, SimilarMessages } from './similar.js'

/** More candidates than these are counted only. */
const MOST_CANDIDATES = 20

/** An entry as the log has it, and the messages that it may be. */
export function SideBySide({
  finding,
  log,
  lines: known,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
  /** Entries as the log has them, as far as they are known. */
  readonly lines: ReadonlyMap<number, LogLine>
}): JSX.Element {
  const lines = useLines(log, entriesOf(finding), known)
  const row = lines.get(finding.entry ?? 0)?.values ?? null
  const { similarMessages } = finding
  return (
    <div class="side-by-side">
      {finding.entry !== null && (
        <section>
          <h4>{reconcileTexts.inTheLog}</h4>
          {row === null ? (
            <p class="muted">{reconcileTexts.entryNotShown}</p>
          ) : (
            <EntryValues log={log} row={row} />
          )}
        </section>
      )}
      <section>
        <h4>{reconcileTexts.inTheHistory}</h4>
        {similarMessages.length > 0 && <SimilarMessages similar={similarMessages} />}
        {finding.messages.length > 0 ? (
          <Candidates ids={finding.messages} />
        ) : (
          <NearMessages
            log={log}
            row={row}
            isProven={finding.verdict === 'MISSING_THERE'}
            shown={similarMessages.map(({ name }) => name)}
          />
        )}
      </section>
      {entriesOf({ ...finding, entry: null }).length > 0 && (
        <PointedEntries finding={finding} log={log} lines={lines} />
      )}
    </div>
  )
}

/** The entries as the log has them; what is known already is not read again. */
function useLines(
  log: ChosenLog,
  entries: readonly number[],
  known: ReadonlyMap<number, LogLine>,
): ReadonlyMap<number, LogLine> {
  const [lines, setLines] = useState<ReadonlyMap<number, LogLine>>(new Map())
  const isKnown = entries.every((entry) => known.has(entry))
  useEffect(() => {
    let isOver = false
    async function read(): Promise<void> {
      const found = await readOpened(log.file, log.table, entries)
      if (!isOver) setLines(found)
    }
    if (!isKnown) void read()
    return () => {
      isOver = true
    }
  }, [log, entries.join(), isKnown])
  return isKnown ? known : lines
}

function Candidates({ ids }: { readonly ids: readonly string[] }): JSX.Element {
  const [{ data, error, fetching }, repeat] = useQuery({
    query: CandidatesDocument,
    variables: { ids: ids.slice(0, MOST_CANDIDATES) },
  })
  if (error !== undefined) return <QueryProblem error={error} repeat={repeat} />
  if (fetching) return <p role="status">{texts.list.loading}</p>
  const messages = (data?.nodes ?? []).filter((node) => node?.__typename === 'Message')
  if (messages.length === 0) return <p>{texts.message.notFound}</p>
  const others = ids.length - MOST_CANDIDATES
  return (
    <>
      <MessageLinks messages={messages} />
      {others > 0 && <p class="muted">{reconcileTexts.andMore(others)}</p>}
    </>
  )
}
