import { type GrammarIssue, type IssueDetails, type Origin, issueAt } from './issue.js'
import type { LocatedText } from './located-text.js'

/** A parameter taken apart: `filter[status][in][]=sent` has the root `filter` and the path `status`, `in`. */
export interface Parameter {
  readonly origin: Origin
  readonly name: LocatedText
  readonly root: string
  readonly path: readonly LocatedText[]
  /** What stands in the last brackets when they make the parameter a member of a list: nothing or a number. */
  readonly index: string | null
  /** Null in place of the members of an empty list. */
  readonly value: LocatedText | null
}

/** Collects what reading an input yields. */
export interface ParameterReading {
  /** The names before the brackets that are wanted; parameters with others are passed over. */
  readonly roots: readonly string[]
  readonly maxLength: number
  readonly parameters: Parameter[]
  readonly issues: GrammarIssue[]
}

/** A parameter's name taken apart; null where nobody wants the parameter, whatever else is wrong with it. */
export function wantedName(reading: ParameterReading, name: LocatedText): ParameterName | null {
  const parsed = parseParameterName(name)
  return reading.roots.includes(parsed.root.text) ? parsed : null
}

/** Adds a parameter, or the issue that its name is malformed. */
export function addParameter(
  reading: ParameterReading,
  origin: Origin,
  name: ParameterName,
  value: LocatedText | null,
): void {
  if (name.rest.text !== '') {
    reading.issues.push(issueAt(origin, name.rest.span, malformedName(name.root.text)))
    return
  }
  const last = name.path.at(-1)
  // A field may well be named by a number; a list is only what a field or an operator holds.
  const indexed = last !== undefined && name.path.length > 1 && /^\d*$/.test(last.text)
  reading.parameters.push({
    origin,
    name: name.whole,
    root: name.root.text,
    path: indexed ? name.path.slice(0, -1) : name.path,
    index: indexed ? last.text : null,
    value,
  })
}

function malformedName(root: string): IssueDetails {
  const forms = root === 'filter' ? ['[field]', '[field][operator]', '[field][operator][]'] : ['']
  return {
    code: 'MALFORMED_PARAMETER',
    problem: 'the brackets in its name do not match.',
    allowed: forms.map((form) => `${root}${form}`),
  }
}

export interface ParameterName {
  readonly whole: LocatedText
  readonly root: LocatedText
  /** The texts between brackets. */
  readonly path: readonly LocatedText[]
  /** What follows and is no further pair of brackets; empty in a well-formed name. */
  readonly rest: LocatedText
}

/** ParameterName : Root Step* */
function parseParameterName(name: LocatedText): ParameterName {
  let end = rootEnd(name.text)
  const root = name.slice(0, end)
  const path: LocatedText[] = []
  for (let close = stepEnd(name.text, end); close !== -1; close = stepEnd(name.text, end)) {
    path.push(name.slice(end + 1, close))
    end = close + 1
  }
  return { whole: name, root, path, rest: name.slice(end) }
}

/** Root : any characters but "[" */
function rootEnd(text: string): number {
  const bracket = text.indexOf('[')
  return bracket === -1 ? text.length : bracket
}

/**
 * Step : "[" any characters but "[" and "]" "]"
 *
 * @returns where its closing bracket stands; -1 when no step begins at `start`.
 */
function stepEnd(text: string, start: number): number {
  if (text[start] !== '[') return -1
  const close = text.indexOf(']', start)
  const open = text.indexOf('[', start + 1)
  return open !== -1 && open < close ? -1 : close
}

export function tooLong(maxLength: number): IssueDetails {
  return {
    code: 'TOO_LONG',
    problem: 'The parameters are too long together.',
    allowed: [`up to ${maxLength} characters`],
  }
}
