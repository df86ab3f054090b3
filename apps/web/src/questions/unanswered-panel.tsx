import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { show } from '../address/address.js'
import { Panel } from '../parts/panel.js'
import type { ListQuery } from '../search/list-query.js'
import { formatMoment } from '../texts/format.js'
import { questionTexts } from '../texts/questions.js'
import { texts } from '../texts/texts.js'
import { MessagesOfIds } from './messages-of-ids.js'
import './questions.css'
import { SurveyNote } from './survey-note.js'
import { useSurvey } from './use-survey.js'
import { waitingContacts } from './waiting-contacts.js'

/** Who wrote in the time of a query, and has had no answer. */
export function UnansweredPanel({ query }: { readonly query: ListQuery }): JSX.Element {
  const survey = useSurvey(useMemo(() => withAnswers(query), [query]))
  const { messages, phase } = survey
  const waiting = useMemo(() => {
    const { sentAt, source } = query.filter
    const end = sentAt?.lt ?? null
    const sources = source?.in ?? null
    return waitingContacts(
      messages,
      (message) =>
        (end === null || Date.parse(message.sentAt) < Date.parse(end)) &&
        (sources === null || sources.includes(message.source.key)),
    )
  }, [messages, query])
  const notes = new Map(
    waiting.map(({ ids, since }) => [ids[0], questionTexts.messagesSince(ids.length, formatMoment(since))]),
  )
  return (
    <Panel title={texts.counts.unanswered} close={() => show({ panel: null })}>
      <div class="questions">
        <p class="muted">{questionTexts.unansweredExplain}</p>
        {phase !== 'reading' && (
          <p role="status">
            {waiting.length === 0 ? questionTexts.nobodyWaits : questionTexts.waiting(waiting.length)}
          </p>
        )}
        <SurveyNote survey={survey} />
        {phase !== 'reading' && (
          <MessagesOfIds
            ids={waiting.flatMap(({ ids }) => ids.slice(0, 1))}
            noteOf={(id) => notes.get(id) ?? ''}
          />
        )}
      </div>
    </Panel>
  )
}

/** All messages of a time, and whatever came after it: an answer may be of any kind, and by any source. */
function withAnswers({ filter }: ListQuery): ListQuery {
  const { status: _, type: __, direction: ___, source: ____, sentAt, ...lasting } = filter
  const from = sentAt?.gte ?? null
  return { filter: { ...lasting, ...(from !== null && { sentAt: { gte: from } }) }, search: null }
}
