import type { OctopodsRow } from './octopods-row.js'
import type { OctopodsSettings } from './octopods-settings.js'

/** The recipient's number as the settings have it written; what is no number stays as it is. */
export function shownPhone(row: OctopodsRow, { plusSign }: OctopodsSettings): string {
  const digits = /^\+?(\d+)$/.exec(row.phoneNumber)?.[1]
  if (digits === undefined) return row.phoneNumber
  const bare = plusSign === 'without' || (plusSign === 'mixed' && row.messageId % 2 === 1)
  return bare ? digits : `+${digits}`
}
