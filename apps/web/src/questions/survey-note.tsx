import type { JSX } from 'preact'
import { CompletenessNotes } from '../parts/completeness.js'
import { ProblemNote } from '../parts/problem-note.js'
import { formatMoment, formatNumber, formatTime } from '../texts/format.js'
import { questionTexts } from '../texts/questions.js'
import type { useSurvey } from './use-survey.js'

/** How far the messages have been read, and what may be missing among them. */
export function SurveyNote({ survey }: { readonly survey: ReturnType<typeof useSurvey> }): JSX.Element {
  const { messages, reports, phase, readAt, problem, retry } = survey
  const oldest = messages.at(-1)
  return (
    <>
      {problem !== null && <ProblemNote problem={problem} retry={retry} />}
      {problem === null && phase === 'reading' && (
        <p role="status">{questionTexts.reading(formatNumber(messages.length))}</p>
      )}
      {problem === null && phase !== 'reading' && (
        <p class="muted">
          {questionTexts.readAt(formatTime(new Date(readAt).toISOString()))}{' '}
          <button type="button" class="quiet" onClick={retry}>
            {questionTexts.readAgain}
          </button>
        </p>
      )}
      {phase === 'limited' && oldest !== undefined && (
        <p class="banner">
          {questionTexts.limited(formatNumber(messages.length), formatMoment(oldest.sentAt))}
        </p>
      )}
      {reports !== null && <CompletenessNotes reports={reports} />}
    </>
  )
}
