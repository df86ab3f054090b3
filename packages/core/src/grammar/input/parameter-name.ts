import type { LocatedText } from './located-text.js'

export interface ParameterName {
  readonly whole: LocatedText
  readonly root: LocatedText
  /** The texts between brackets. */
  readonly path: readonly LocatedText[]
  /** What follows and is no further pair of brackets; empty in a well-formed name. */
  readonly rest: LocatedText
}

/** ParameterName : Root Step* */
export function parseParameterName(name: LocatedText): ParameterName {
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
