/** Writes what happens for the operator. Known secrets never come out, wherever they occur. */
export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

/** Where the lines go: standard error, or anything that takes text like it. */
export interface LogStream {
  readonly isTTY?: boolean | undefined
  /** With one, lines are written to it in the background, and not by `write`. */
  readonly fd?: number | undefined
  write(text: string): unknown
}

export type Fields = Readonly<Record<string, unknown>>

/** Writes one event. */
export type WriteLine = (level: 'info' | 'warn' | 'error', message: string, fields: Fields) => void
