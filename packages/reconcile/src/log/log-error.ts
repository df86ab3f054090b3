import { WaybillError } from '@waybill/core'

/** Where a log is wrong. */
export interface LogPlace {
  /** The line of the file, counted from 1; null: the file as a whole. */
  readonly line: number | null
  /** The name of the column, or its place in the line where it has none; null: the line as a whole. */
  readonly column: string | number | null
}

/** A log cannot be read. The message gives the place, the problem and the remedy. It quotes no number and no text. */
export class LogError extends WaybillError implements LogPlace {
  declare readonly code: 'BAD_USER_INPUT'
  readonly line: number | null
  readonly column: string | number | null

  /** @param problem - a sentence without its full stop, and @param remedy - a whole sentence. */
  constructor({ line, column }: LogPlace, problem: string, remedy: string, options?: ErrorOptions) {
    super('BAD_USER_INPUT', `${describePlace(line, column)}${problem}. ${remedy}`, options)
    this.line = line
    this.column = column
  }
}

function describePlace(line: number | null, column: string | number | null): string {
  const name = typeof column === 'string' ? JSON.stringify(column) : column
  const places = [...(line === null ? [] : [`line ${line}`]), ...(name === null ? [] : [`column ${name}`])]
  return places.length === 0 ? '' : `${places.join(', ')}: `
}
