import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { formatDuration } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { isRetried } from './use-retry.js'

/**
 * What went wrong in the language of the page; folded away below it, the server's own words, which are English and name fields.
 *
 * @param title what the page calls it. Default: what it knows of the server's code, without a promise to try again
 */
export function ProblemText({
  problem,
  title,
}: {
  readonly problem: Problem
  readonly title?: string
}): JSX.Element {
  return (
    <>
      <strong>{title ?? titleOf(problem)}</strong>{' '}
      <OriginalWords text={problem.message} label={texts.problems.serverWords} />
    </>
  )
}

/** A problem in words, and when to try again: for what the page does not repeat by itself. */
export function titleOf(problem: Problem): string {
  if (problem.kind !== 'busy') return nameOf(problem)
  const seconds = problem.retryAfterSeconds
  return `${nameOf(problem)} ${texts.problems.later(seconds === null ? null : formatDuration(seconds * 1000))}`
}

/** A problem in words, where `useRetry` repeats what failed. */
export function titleWhileRetried(problem: Problem): string {
  return isRetried(problem) ? `${nameOf(problem)} ${texts.problems.retried}` : nameOf(problem)
}

function nameOf({ kind, code }: Problem): string {
  const errors: Readonly<Record<string, string>> = texts.words.errors
  return errors[code] ?? texts.problems[kind]
}

/** Words that are English whatever the language of the page, folded away. */
export function OriginalWords({
  text,
  label,
}: {
  readonly text: string
  readonly label: string
}): JSX.Element | null {
  if (text === '') return null
  return (
    <details>
      <summary>{label}</summary>
      <p lang="en">{text}</p>
    </details>
  )
}
