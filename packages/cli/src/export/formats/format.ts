import type { ExportedMessage } from '../exported-message.js'
import type { ExportFieldName } from '../fields.js'

/** How messages are written. */
export interface Format {
  /** What stands before the first one. */
  readonly head: string
  /** One message, its end of line included. */
  write(message: ExportedMessage): string
}

/** What decides how a file looks. */
export interface FormatOptions {
  readonly fields: readonly ExportFieldName[]
  /** Whether a spreadsheet is kept from taking a text for a formula. */
  readonly guardFormulas: boolean
}
