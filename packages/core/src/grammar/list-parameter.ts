import { DEFAULT_MAX_LENGTH } from './define-filter-schema.js'
import { LocatedText } from './input/located-text.js'
import { issueWithoutPlace, type GrammarIssue, type Origin } from './issue/issue.js'

/** The value of a list parameter that is given by itself. */
export interface ListParameter {
  readonly origin: Origin
  readonly text: LocatedText
}

/** Takes in the value of a list parameter. What is no text, or too long a one, is reported and counts as empty. */
export function listParameter(parameter: string, value: unknown, issues: GrammarIssue[]): ListParameter {
  const text = typeof value === 'string' && value.length <= DEFAULT_MAX_LENGTH ? value : ''
  if (typeof value !== 'string') issues.push(issueWithoutPlace(parameter, NO_TEXT))
  else if (text !== value) issues.push(issueWithoutPlace(parameter, TOO_LONG))
  return { origin: { parameter, text, offset: 0 }, text: LocatedText.verbatim(text) }
}

const NO_TEXT = {
  code: 'MALFORMED_INPUT',
  problem: 'this is no text.',
  allowed: ['names between commas'],
} as const
const TOO_LONG = {
  code: 'TOO_LONG',
  problem: 'the text is too long.',
  allowed: [`up to ${DEFAULT_MAX_LENGTH} characters`],
} as const
