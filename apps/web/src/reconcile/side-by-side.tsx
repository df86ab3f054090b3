import type { CombinedError } from '@urql/core'
import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { follow, hrefOf } from '../address/address.js'
import {
  type CandidateMessageFragment,
  CandidatesDocument,
  type MessageFilter,
  MessagesNearDocument,
} from '../api/operations.js'
import { describeProblem } from '../api/problem.js'
import { ContactName, StatusMark } from '../message/marks.js'
import { CompletenessNotes } from '../parts/completeness.js'
import { ProblemText } from '../parts/problem-text.js'
import { shortText } from '../parts/short-text.js'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { type ChosenLog, valueOf } from './chosen-log.js'
import type { ShownFinding } from './findings.js'
import { type LogRow, readEntry } from './log-table.js'

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
  const row = useEntry(log, finding.entry)
  return (
    <div class="side-by-side">
      {finding.entry !== null && (
        <section>
          <h4>{texts.reconcile.inTheLog}</h4>
          {row === null ? (
            <p class="muted">{texts.reconcile.entryNotShown}</p>
          ) : (
            <Values log={log} row={row} />
          )}
        </section>
      )}
      <section>
        <h4>{texts.reconcile.inTheHistory}</h4>
        {finding.messages.length > 0 ? (
          <Candidates ids={finding.messages} />
        ) : (
          <Near
            filter={row === null ? null : filterNear(log, row)}
            isProven={finding.verdict === 'MISSING_THERE'}
          />
        )}
      </section>
    </div>
  )
}

function useEntry(log: ChosenLog, entry: number | null): LogRow | null {
  const [row, setRow] = useState<LogRow | null>(null)
  useEffect(() => {
    let isOver = false
    async function read(place: number): Promise<void> {
      const values = await readEntry(log.file, log.table, place)
      if (!isOver) setRow(values)
    }
    if (entry !== null) void read(entry)
    return () => {
      isOver = true
    }
  }, [log, entry])
  return row
}

function Values({ log, row }: { readonly log: ChosenLog; readonly row: LogRow }): JSX.Element {
  return (
    <dl class="fields">
      {log.table.columns.map((column, index) => (
        <div key={index}>
          <dt>{column.slice(0, 60)}</dt>
          <dd dir="auto">{row[index]?.slice(0, 500)}</dd>
        </div>
      ))}
    </dl>
  )
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
  return <Messages messages={messages} />
}

/** Where there is no candidate: what was sent to the same number around that time. */
function Near({
  filter,
  isProven,
}: {
  readonly filter: MessageFilter | null
  /** Whether the history is complete where the message would be: what may be missing beside it does not matter. */
  readonly isProven: boolean
}): JSX.Element {
  const [{ data, error, fetching }] = useQuery({
    query: MessagesNearDocument,
    pause: filter === null,
    variables: { filter: filter ?? {} },
  })
  if (filter === null) return <p>{texts.reconcile.noCandidate}</p>
  if (fetching) return <p role="status">{texts.list.loading}</p>
  if (error !== undefined) return <Refusal error={error} />
  const { nodes = [], sources = [] } = data?.messages ?? {}
  return (
    <>
      <p>{nodes.length === 0 ? texts.reconcile.nothingNear : texts.reconcile.near}</p>
      <Messages messages={nodes} />
      {!isProven && <CompletenessNotes reports={sources} />}
    </>
  )
}

function filterNear(log: ChosenLog, row: LogRow): MessageFilter | null {
  const number = valueOf(log, row, 'to').replace(/^'/, '')
  if (number === '') return null
  const at = Date.parse(valueOf(log, row, 'at'))
  const span = { gte: new Date(at - NEAR_MS), lte: new Date(at + NEAR_MS) }
  return {
    contact: { eq: number },
    ...(!Number.isNaN(at) && { sentAt: { gte: span.gte.toISOString(), lte: span.lte.toISOString() } }),
  }
}

function Messages({ messages }: { readonly messages: readonly CandidateMessageFragment[] }): JSX.Element {
  return (
    <ul class="candidates">
      {messages.map((message) => {
        const { id, sentAt, status, text, source, upstreamId } = message
        return (
          <li key={id}>
            <a href={hrefOf({ message: id })} onClick={(event) => follow(event, { message: id })}>
              <span>
                <time dateTime={sentAt}>{formatMoment(sentAt)}</time> <ContactName message={message} />{' '}
                <StatusMark status={status} />
              </span>
              <span class="body" dir="auto">
                {text === null ? '' : shortText(text)}
              </span>
              <span class="muted">
                {source.label} · {upstreamId.slice(0, 80)}
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

function Refusal({ error }: { readonly error: CombinedError }): JSX.Element {
  return (
    <div role="alert">
      <ProblemText problem={describeProblem(error)} />
    </div>
  )
}
