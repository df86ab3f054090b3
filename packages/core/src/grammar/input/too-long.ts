import type { IssueDetails } from '../issue/issue.js'

export function tooLong(maxLength: number): IssueDetails {
  return {
    code: 'TOO_LONG',
    problem: 'The parameters are too long together.',
    allowed: [`up to ${maxLength} characters`],
  }
}
