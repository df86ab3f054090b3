import type { Message } from '@waybill/core'
import { plainWacrRow, type WacrEmulator, type WacrRow } from '@waybill/emulators'
import type { Archive } from '../../src/index.js'
import { storeOf } from '../../src/open/archive.js'

export const NOON: number = Date.UTC(2026, 3, 24, 12)

/** A row as the next one after noon, a second later than the one before. */
export function shopRow(id: number, fields: Partial<WacrRow> = {}): WacrRow {
  const direction = id % 3 === 0 ? 'inbound' : 'outbound'
  return plainWacrRow(id, { createdAt: NOON + id * 1000, direction, senderId: '14155550100', ...fields })
}

export function shopRows(count: number): WacrRow[] {
  return Array.from({ length: count }, (_, index) => shopRow(index + 1))
}

/** What of a message an archive must have as the upstream has it. */
interface Shown {
  readonly status: string | null
  readonly text: string | null
  readonly isRead: boolean | null
  readonly sentAt: number
  readonly direction: string | null
}

/** Everything that the upstream has, by id. */
export function upstreamRows({ table }: WacrEmulator): Map<string, Shown> {
  const rows = table.rows().map((row): [string, Shown] => [
    String(row.id),
    {
      status: row.status?.toUpperCase() ?? null,
      text: row.message,
      isRead: row.isRead,
      sentAt: row.timeSent ?? row.createdAt,
      direction: row.direction.toUpperCase(),
    },
  ])
  return new Map(rows.toSorted(([a], [b]) => Number(a) - Number(b)))
}

/** Everything that an archive has of a source and that was not deleted, by id. */
export async function archivedRows(archive: Archive, source = 'shop'): Promise<Map<string, Shown>> {
  const store = storeOf(archive)
  const ids = await store.idsWithin(source, { from: 0, to: Number.MAX_SAFE_INTEGER })
  const stored = await store.stored(source, ids)
  const shown = [...stored].map(([id, { message }]): [string, Shown] => [id, show(message)])
  return new Map(shown.toSorted(([a], [b]) => Number(a) - Number(b)))
}

function show({ status, text, isRead, sentAt, direction }: Message): Shown {
  return { status, text, isRead, sentAt, direction }
}
