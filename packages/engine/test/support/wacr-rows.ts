import { plainWacrRow, type WacrRow } from '@waybill/emulators'

/** When row 0 would have been recorded; each row follows a minute after the one before. */
export const BEGIN = Date.parse('2026-04-24T12:00:00Z')
export const MINUTE_MS = 60_000

/** A row with every field filled in; a higher id is a newer one. */
export function wacrRow(id: number, changes: Partial<WacrRow> = {}): WacrRow {
  const direction = id % 3 === 0 ? 'inbound' : 'outbound'
  return plainWacrRow(id, { createdAt: BEGIN + id * MINUTE_MS, direction, ...changes })
}

export function wacrRows(count: number, change: (id: number) => Partial<WacrRow> = () => ({})): WacrRow[] {
  return Array.from({ length: count }, (_, index) => wacrRow(index + 1, change(index + 1)))
}
