import type { JSX } from 'preact'
import type { Problem } from '../api/problem.js'
import { texts } from '../texts/texts.js'

/**
 * What went wrong in the language of the page; folded away below it, the server's own words, which are English and name fields.
 *
 * @param title what the page calls it. Default: what it knows of the server's code
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

/** A problem in one sentence. */
export function titleOf({ kind, code }: Problem): string {
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
