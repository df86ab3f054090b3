import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import {
  type ListReportFragment,
  MessagesNearDocument,
  type MessagesNearQueryVariables,
} from '../api/operations.js'
import { MessageLinks } from '../message/message-links.js'
import { CompletenessNotes } from '../parts/completeness.js'
import { reconcileTexts } from '../texts/reconcile.js'
import { texts } from '../texts/texts.js'
import type { ChosenLog } from './log-mapping.js'
import type { LogRow } from './log-table.js'
import { nearSearch } from './near.js'
import { QueryProblem } from './query-problem.js'

interface Surroundings {
  /** Whether the history is complete where the message would be: what may be missing beside it does not matter. */
  readonly isProven: boolean
  /** The global ids of messages that are shown already. */
  readonly shown: readonly string[]
}

/** Where an entry has no candidate: what was sent to the same number around its time. */
export function NearMessages({
  log,
  row,
  ...surroundings
}: Surroundings & {
  readonly log: ChosenLog
  /** The entry as the log has it; null before it is read, and for a message that belongs to no entry. */
  readonly row: LogRow | null
}): JSX.Element {
  const search = row === null ? null : nearSearch(log, row)
  if (search?.kind === 'search') return <Nearest variables={search.variables} {...surroundings} />
  const { noCandidate, near } = reconcileTexts
  return (
    <>
      <p>{noCandidate}</p>
      {search?.kind === 'national' && <p class="muted">{near.national}</p>}
    </>
  )
}

function Nearest({
  variables,
  isProven,
  shown,
}: Surroundings & { readonly variables: MessagesNearQueryVariables }): JSX.Element {
  const [{ data, error, fetching }, repeat] = useQuery({ query: MessagesNearDocument, variables })
  if (error !== undefined) return <QueryProblem error={error} repeat={repeat} />
  if (fetching || data === undefined) return <p role="status">{texts.list.loading}</p>
  const { before, after } = data
  const inOrder = [...(after?.nodes.toReversed() ?? []), ...before.nodes]
  const nodes = inOrder.filter(({ id }) => !shown.includes(id))
  const { near, noneFits } = reconcileTexts
  const [some, none] = variables.isTimed ? [near.around, near.none] : [near.newest, near.noneEver]
  const title = nodes.length > 0 ? some : none
  const isTitled = nodes.length > 0 || shown.length === 0
  return (
    <>
      {isTitled && <p>{shown.length > 0 ? title : `${noneFits} ${title}`}</p>}
      <MessageLinks messages={nodes} />
      {!isProven && <CompletenessNotes reports={worseOf(before.sources, after?.sources ?? [])} />}
    </>
  )
}

/** Of each source the report that has something to say. */
function worseOf(
  reports: readonly ListReportFragment[],
  others: readonly ListReportFragment[],
): ListReportFragment[] {
  return reports.map((report) => {
    const other = others.find(({ source }) => source.id === report.source.id)
    return report.completeness === 'COMPLETE' && other !== undefined ? other : report
  })
}
