import { type OctopodsRow, plainOctopodsRow } from '@waybill/emulators'
import { BEGIN, MINUTE_MS } from './wacr-rows.js'

/** A row with every field filled in; a higher id is a newer one. */
export function octopodsRow(messageId: number, changes: Partial<OctopodsRow> = {}): OctopodsRow {
  return plainOctopodsRow(messageId, { createdAt: BEGIN + messageId * MINUTE_MS, ...changes })
}

export function octopodsRows(
  count: number,
  change: (id: number) => Partial<OctopodsRow> = () => ({}),
): OctopodsRow[] {
  return Array.from({ length: count }, (_, index) => octopodsRow(index + 1, change(index + 1)))
}
