import { excerptOf, shorten } from './excerpt.js'
import type { Span } from '../input/located-text.js'

/** What kind of mistake a parameter holds. */
export type GrammarIssueCode =
  /** The input is neither a query string nor pairs of texts nor a plain object, or it cannot be read. */
  | 'MALFORMED_INPUT'
  /** The brackets do not follow the grammar, or the value is of a form that the parameter does not take. */
  | 'MALFORMED_PARAMETER'
  /** A percent sign that begins no UTF-8 escape. */
  | 'MALFORMED_ENCODING'
  /** No such field. */
  | 'UNKNOWN_FIELD'
  /** No such operator. */
  | 'UNKNOWN_OPERATOR'
  /** An operator that there is, but not for this field; or none, where the field needs one. */
  | 'OPERATOR_NOT_ALLOWED'
  /** The field has no such value. */
  | 'INVALID_VALUE'
  /** The same parameter, or the same field of a list, a second time. */
  | 'REPEATED_PARAMETER'
  /** The input is longer than the schema allows. */
  | 'TOO_LONG'
  /** A list holds more than the schema allows. */
  | 'TOO_MANY_VALUES'

/** One mistake in a filter, sort or fields parameter. */
export interface GrammarIssue {
  readonly code: GrammarIssueCode
  /** The parameter's name, decoded; null where the input as a whole is meant. */
  readonly parameter: string | null
  /** What is wrong, in words that can follow the parameter's name and a colon. */
  readonly problem: string
  /** Where in the given text, in UTF-16 code units; null where no text was given. */
  readonly position: { readonly offset: number; readonly length: number } | null
  /** What would have been allowed instead. */
  readonly allowed: readonly string[]
  /** The known name or value nearest to what was found; null where none is near. */
  readonly suggestion: string | null
  /** The parameter as it was given, with carets below what is wrong; null where the input as a whole is meant. */
  readonly excerpt: string | null
}

/** The text of one parameter, and where it stands in the given text; null where no text was given. */
export interface Origin {
  readonly parameter: string
  readonly text: string
  readonly offset: number | null
}

/** What an issue says beside its place. */
export interface IssueDetails {
  readonly code: GrammarIssueCode
  readonly problem: string
  readonly allowed?: readonly string[]
  readonly suggestion?: string | null
}

/** An issue about a part of one parameter. */
export function issueAt(origin: Origin, span: Span, details: IssueDetails): GrammarIssue {
  return {
    code: details.code,
    parameter: origin.parameter,
    problem: details.problem,
    position:
      origin.offset === null ? null : { offset: origin.offset + span.start, length: span.end - span.start },
    allowed: details.allowed ?? [],
    suggestion: details.suggestion ?? null,
    excerpt: excerptOf(origin.text, span),
  }
}

/** An issue that has no place in a text. */
export function issueWithoutPlace(parameter: string | null, details: IssueDetails): GrammarIssue {
  const { code, problem, allowed = [], suggestion = null } = details
  return { code, parameter, problem, position: null, allowed, suggestion, excerpt: null }
}

/** An issue in words: what is wrong, what was probably meant, what is allowed, and the excerpt. */
export function formatGrammarIssue(issue: GrammarIssue): string {
  const subject = issue.parameter === null ? '' : `${shorten(issue.parameter)}: `
  const hint = issue.suggestion === null ? '' : ` Did you mean "${issue.suggestion}"?`
  const allowed = issue.allowed.length === 0 ? '' : ` Allowed: ${issue.allowed.join(', ')}.`
  const excerpt = issue.excerpt === null ? '' : `\n${issue.excerpt}`
  return `${subject}${issue.problem}${hint}${allowed}${excerpt}`
}
