import { WaybillError } from '../../errors/waybill-error.js'
import type { Span } from './located-text.js'

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

/** The issue that a text is not a valid value of a parameter, for parameters that are not read by the grammar. */
export function invalidValue(
  parameter: string,
  text: string,
  { problem, allowed }: { readonly problem: string; readonly allowed: readonly string[] },
): GrammarIssue {
  const quoted = `"${shorten(text)}" is not a valid value: ${problem}`
  return issueWithoutPlace(parameter, { code: 'INVALID_VALUE', problem: quoted, allowed })
}

/** An issue in words: what is wrong, what was probably meant, what is allowed, and the excerpt. */
export function formatGrammarIssue(issue: GrammarIssue): string {
  const subject = issue.parameter === null ? '' : `${shorten(issue.parameter)}: `
  const hint = issue.suggestion === null ? '' : ` Did you mean "${issue.suggestion}"?`
  const allowed = issue.allowed.length === 0 ? '' : ` Allowed: ${issue.allowed.join(', ')}.`
  const excerpt = issue.excerpt === null ? '' : `\n${issue.excerpt}`
  return `${subject}${issue.problem}${hint}${allowed}${excerpt}`
}

const SHOWN = 10

/** `INVALID_FILTER` for a filter, `BAD_USER_INPUT` for `sort` and `fields`. */
export type ParameterErrorCode = 'INVALID_FILTER' | 'BAD_USER_INPUT'

/** Parameters cannot be understood, or a filter cannot be written. Lists everything that is wrong at once. */
export class ParameterError extends WaybillError {
  declare readonly code: ParameterErrorCode
  /** All of them, in the order of their positions; the message shows the first ten. */
  readonly issues: readonly GrammarIssue[]

  constructor(code: ParameterErrorCode, issues: readonly GrammarIssue[], options?: ErrorOptions) {
    const ordered = issues.toSorted((a, b) => (a.position?.offset ?? 0) - (b.position?.offset ?? 0))
    super(code, messageOf(ordered), options)
    this.issues = ordered
  }
}

function messageOf(issues: readonly GrammarIssue[]): string {
  const shown = issues.slice(0, SHOWN).map(formatGrammarIssue)
  return issues.length > SHOWN
    ? [...shown, `And ${issues.length - SHOWN} more.`].join('\n')
    : shown.join('\n')
}

const WIDTH = 76
const BEFORE = 30
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Two lines: the part of a text around a span, and carets below the span. */
function excerptOf(text: string, span: Span): string {
  const from = Math.max(0, Math.min(span.start - BEFORE, text.length - WIDTH))
  const to = Math.min(text.length, from + WIDTH)
  const head = from > 0 ? '…' : ''
  const tail = to < text.length ? '…' : ''
  const carets = Math.max(1, Math.min(span.end, to) - span.start)
  const indent = head.length + span.start - from
  return `${head}${printable(text.slice(from, to))}${tail}\n${' '.repeat(indent)}${'^'.repeat(carets)}`
}

/** A text fit for one line of a message: shortened, without control characters. */
export function shorten(text: string, length = 60): string {
  return printable(text.length > length ? `${text.slice(0, length - 1)}…` : text)
}

function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD')
}
