import type { GrammarIssue, GrammarIssueCode } from '@waybill/core'

/** A parameter of a query string, and where it is in it. */
export interface QueryParameter {
  /** Its name, decoded, up to the first bracket. */
  readonly root: string
  /** Decoded. */
  readonly value: string
  /** The parameter as it was sent. */
  readonly text: string
  /** Where it begins, in UTF-16 code units of the whole. */
  readonly offset: number
  /** What is wrong with it. */
  issue(details: IssueDetails): GrammarIssue
}

interface IssueDetails {
  readonly code: GrammarIssueCode
  readonly problem: string
  readonly allowed?: readonly string[]
  readonly suggestion?: string | null
}

/**
 * Takes a query string apart.
 * @param issues gets what cannot be decoded, apart from filters: their grammar finds it.
 */
export function readParameters(search: string, issues: GrammarIssue[]): readonly QueryParameter[] {
  const parameters: QueryParameter[] = []
  let offset = search.startsWith('?') ? 1 : 0
  for (const text of search.slice(offset).split('&')) {
    const parameter = readParameter(text, offset, issues)
    if (parameter !== null) parameters.push(parameter)
    offset += text.length + 1
  }
  return parameters
}

function readParameter(text: string, offset: number, issues: GrammarIssue[]): QueryParameter | null {
  if (text === '') return null
  const [name = '', ...values] = text.split('=')
  const decodedName = decode(name)
  const value = decode(values.join('='))
  const root = (decodedName ?? name).split('[', 1)[0] ?? ''
  const parameter: QueryParameter = {
    root,
    value: value ?? '',
    text,
    offset,
    issue: ({ code, problem, allowed = [], suggestion = null }) => ({
      code,
      parameter: (decodedName ?? name).slice(0, 80),
      problem,
      position: { offset, length: text.length },
      allowed,
      suggestion,
      excerpt: null,
    }),
  }
  if ((decodedName === null || value === null) && root !== 'filter') {
    const problem = 'a percent sign is not followed by percent-encoded UTF-8.'
    issues.push(parameter.issue({ code: 'MALFORMED_ENCODING', problem }))
  }
  return parameter
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
