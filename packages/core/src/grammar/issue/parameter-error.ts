import { WaybillError } from '../../errors/waybill-error.js'
import { formatGrammarIssue, type GrammarIssue } from './issue.js'

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
