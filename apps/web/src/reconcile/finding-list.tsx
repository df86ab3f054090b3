import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type CandidateMessageFragment, CandidatesDocument } from '../api/operations.js'
import type { ChosenLog } from './log-mapping.js'
import { FindingRow } from './finding-row.js'
import { entriesOf, type ShownFinding } from './findings.js'
import { type LogLine, readEntries } from './log-table.js'

/** Findings in lines, each with what its entry or its message is known by. At most 100: their messages are loaded together. */
export function FindingList({
  findings,
  log,
  labelOf,
}: {
  readonly findings: readonly ShownFinding[]
  readonly log: ChosenLog
  readonly labelOf: (source: string) => string
}): JSX.Element {
  const lines = useEntries(log, findings)
  const messages = useUnclaimedMessages(findings)
  return (
    <ul>
      {findings.map((finding, index) => (
        <FindingRow
          key={finding.entry ?? `message ${index}`}
          finding={finding}
          log={log}
          lines={lines}
          message={messages.get(finding.messages[0] ?? '') ?? null}
          labelOf={labelOf}
        />
      ))}
    </ul>
  )
}

/** The entries that findings are about or point to, as the log has them, as soon as they are read. */
function useEntries(log: ChosenLog, findings: readonly ShownFinding[]): ReadonlyMap<number, LogLine> {
  const [lines, setLines] = useState<ReadonlyMap<number, LogLine>>(new Map())
  useEffect(() => {
    let isOver = false
    const entries = [...new Set(findings.flatMap(entriesOf))]
    async function read(): Promise<void> {
      const found = await readEntries(log.file, log.table, entries)
      if (!isOver) setLines(found)
    }
    if (entries.length > 0) void read()
    return () => {
      isOver = true
    }
  }, [log, findings.length])
  return lines
}

/** The messages of findings that no entry claims, by their global ids, as soon as they are read. */
function useUnclaimedMessages(
  findings: readonly ShownFinding[],
): ReadonlyMap<string, CandidateMessageFragment> {
  const ids = findings.flatMap(({ entry, messages: [id] }) => (entry === null ? (id ?? []) : []))
  const [{ data }] = useQuery({ query: CandidatesDocument, pause: ids.length === 0, variables: { ids } })
  const messages = (data?.nodes ?? []).filter((node) => node?.__typename === 'Message')
  return new Map(messages.map((message) => [message.id, message]))
}
