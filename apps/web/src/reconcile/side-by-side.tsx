import type { CombinedError } from '@urql/core'
import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CandidatesDocument, type MessageFilter, MessagesNearDocument } from '../api/operations.js'
import { describeProblem } from '../api/problem.js'
import { CompletenessNotes } from '../parts/completeness.js'
import { ProblemText } from '../parts/problem-text.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import { type ChosenLog, momentOf, valueOf } from './log-mapping.js'
import { EntryValues } from './entry-values.js'
import { entriesOf, type ShownFinding } from './findings.js'
import { type LogLine, type LogRow, readOpened } from './log-table.js'
import { MessageLinks } from './message-links.js'
import { PointedEntries, SimilarMessages } from './similar.js'

/** How far around an entry other messages to the same number are shown, in milliseconds. */
const NEAR_MS = 86_400_000

/** An entry as the log has it, and the messages that it may be. */
export function SideBySide({
  finding,
  log,
}: {
  readonly finding: ShownFinding
  readonly log: ChosenLog
}): JSX.Element {
  const lines = useLines(log, entriesOf(finding))
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
          <Near
            filter={row === null ? null : filterNear(log, row)}
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

function useLines(log: ChosenLog, entries: readonly number[]): ReadonlyMap<number, LogLine> {
  const [lines, setLines] = useState<ReadonlyMap<number, LogLine>>(new Map())
  useEffect(() => {
    let isOver = false
    async function read(): Promise<void> {
      const found = await readOpened(log.file, log.table, entries)
      if (!isOver) setLines(found)
    }
    if (entries.length > 0) void read()
    return () => {
      isOver = true
    }
  }, [log, entries.join()])
  return lines
}

function Candidates({ ids }: { readonly ids: readonly string[] }): JSX.Element {
  const [{ data, error, fetching }] = useQuery({
    query: CandidatesDocument,
    variables: { ids: ids.slice(0, 20) },
  })
  if (fetching) return <p role="status">{texts.list.loading}</p>
  if (error !== undefined) return <Refusal error={error} />
  const messages = (data?.nodes ?? []).filter((node) => node?.__typename === 'Message')
  if (messages.length === 0) return <p>{texts.message.notFound}</p>
  return <MessageLinks messages={messages} />
}

/** Where there is no candidate: what was sent to the same number around that time. */
function Near({
  filter,
  isProven,
  shown,
}: {
  readonly filter: MessageFilter | null
  /** Whether the history is complete where the message would be: what may be missing beside it does not matter. */
  readonly isProven: boolean
  /** The global ids of messages that are shown already. */
  readonly shown: readonly string[]
}): JSX.Element {
  const [{ data, error, fetching }] = useQuery({
    query: MessagesNearDocument,
    pause: filter === null,
    variables: { filter: filter ?? {} },
  })
  if (filter === null) return <p>{reconcileTexts.noCandidate}</p>
  if (fetching) return <p role="status">{texts.list.loading}</p>
  if (error !== undefined) return <Refusal error={error} />
  const { nodes: all = [], sources = [] } = data?.messages ?? {}
  const nodes = all.filter(({ id }) => !shown.includes(id))
  const { near, nearOthers, nothingNear } = reconcileTexts
  return (
    <>
      {nodes.length > 0 && <p>{shown.length > 0 ? nearOthers : near}</p>}
      {nodes.length === 0 && shown.length === 0 && <p>{nothingNear}</p>}
      <MessageLinks messages={nodes} />
      {!isProven && <CompletenessNotes reports={sources} />}
    </>
  )
}

function filterNear(log: ChosenLog, row: LogRow): MessageFilter | null {
  const number = valueOf(log, row, 'to').replace(/^'/, '')
  if (number === '') return null
  const at = momentOf(log, row)
  if (at === null) return { contact: { eq: number } }
  const [gte, lte] = [at - NEAR_MS, at + NEAR_MS].map((time) => new Date(time).toISOString())
  return { contact: { eq: number }, sentAt: { gte: gte ?? null, lte: lte ?? null } }
}

function Refusal({ error }: { readonly error: CombinedError }): JSX.Element {
  return (
    <div role="alert">
      <ProblemText problem={describeProblem(error)} />
    </div>
  )
}
