import { type OctopodsRow, plainOctopodsRow, plainWacrRow, type WacrRow } from '../../src/index.js'

export const NOON: number = Date.UTC(2026, 3, 24, 12)

/** Not the defaults, which a mistake could show as well. */
export function wacrRow(id: number, patch: Partial<WacrRow> = {}): WacrRow {
  return plainWacrRow(id, { interactionId: 12, senderId: '+12125550147', ...patch })
}

export function wacrRows(count: number, patch: (id: number) => Partial<WacrRow> = () => ({})): WacrRow[] {
  return Array.from({ length: count }, (_, position) => wacrRow(position + 1, patch(position + 1)))
}

export function octopodsRow(messageId: number, patch: Partial<OctopodsRow> = {}): OctopodsRow {
  return plainOctopodsRow(messageId, { phoneNumber: '+12125550147', ...patch })
}

export function octopodsRows(
  count: number,
  patch: (id: number) => Partial<OctopodsRow> = () => ({}),
): OctopodsRow[] {
  return Array.from({ length: count }, (_, position) => octopodsRow(position + 1, patch(position + 1)))
}
