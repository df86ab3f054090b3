import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useIsContentHidden } from '../access/access.js'
import { show } from '../address/address.js'
import { FailureMeaning } from '../message/failure-meaning.js'
import { isLowerBound } from '../parts/completeness.js'
import { Panel } from '../parts/panel.js'
import type { ListQuery } from '../search/list-query.js'
import { formatNumber } from '../texts/format.js'
import { questionTexts } from '../texts/questions.js'
import { texts } from '../texts/texts.js'
import { type FailureGroup, groupFailures } from './failure-groups.js'
import { MessagesOfIds } from './messages-of-ids.js'
import './questions.css'
import { SurveyNote } from './survey-note.js'
import { useSurvey } from './use-survey.js'

/** Why messages of a query failed: each reason with how many, and which. */
export function FailuresPanel({ query }: { readonly query: ListQuery }): JSX.Element {
  const failed = useMemo(
    (): ListQuery => ({ ...query, filter: { ...query.filter, status: { eq: 'FAILED' } } }),
    [query],
  )
  const survey = useSurvey(failed)
  const { messages, reports, phase } = survey
  const groups = useMemo(() => groupFailures(messages), [messages])
  const isBound = phase === 'limited' || isLowerBound(reports ?? [])
  return (
    <Panel title={texts.counts.failures} close={() => show({ panel: null })}>
      <div class="questions">
        {phase !== 'reading' && (
          <p role="status">
            {messages.length === 0
              ? questionTexts.noneFailed
              : questionTexts.failed(messages.length, isBound)}
          </p>
        )}
        <SurveyNote survey={survey} />
        {groups.map((group) => (
          <Group key={`${group.code} ${group.code === null ? group.words : ''}`} group={group} />
        ))}
      </div>
    </Panel>
  )
}

function Group({ group: { code, words, sources, ids } }: { readonly group: FailureGroup }): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const unknown = useIsContentHidden() ? texts.message.hiddenText : questionTexts.noReason
  const title = words ?? (code === null ? unknown : null)
  return (
    <details class="question" open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <span class="count">{formatNumber(ids.length)}</span>{' '}
        <strong>
          <bdi>{[title, code === null ? null : `(${code})`].filter((one) => one !== null).join(' ')}</bdi>
        </strong>{' '}
        <span class="muted">
          {[...sources].map(([label, count]) => `${label} ${formatNumber(count)}`).join(' · ')}
        </span>
      </summary>
      {isOpen && (
        <>
          {code !== null && <FailureMeaning code={code} isTemplate={false} />}
          <MessagesOfIds ids={ids} />
        </>
      )}
    </details>
  )
}
