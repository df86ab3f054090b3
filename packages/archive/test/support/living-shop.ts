import type { WacrEmulator } from '@waybill/emulators'
import { shopRow } from './shop-rows.js'
import { seeded } from './traffic.js'

const STATUSES = ['sent', 'delivered', 'read'] as const

/** A shop in which things happen. */
export interface Life {
  /** Lets so many things happen, at random. */
  go(changes: number): void
  /** Every status that a row ever had, oldest first, by id; of rows that changed or were deleted. */
  readonly statuses: ReadonlyMap<number, readonly string[]>
  readonly deleted: ReadonlySet<number>
}

/** Rows that arrive, change and are deleted. Their times go on from the last row's. */
export function createLife({ table }: WacrEmulator, seed: number): Life {
  const random = seeded(seed)
  const statuses = new Map<number, string[]>()
  const deleted = new Set<number>()
  let clock = Math.max(...table.rows().map((row) => row.updatedAt))
  const pick = (from: number): number => from + Math.floor(random() * (table.nextId() - from))
  const change = (id: number, isVisible: boolean): void => {
    const row = table.get(id)
    if (row === undefined) return
    const status = STATUSES[Math.floor(random() * STATUSES.length)] ?? 'read'
    if (!isVisible) return void table.update(id, { updatedAt: clock })
    statuses.set(id, [...(statuses.get(id) ?? [row.status ?? '']), status])
    table.update(id, { status, isRead: status === 'read', updatedAt: clock })
  }
  const happen = (): void => {
    if (random() < 0.5) clock += 1000
    const kind = random()
    // What is new changes most; now and then it is something old, or nothing that can be seen.
    const id = kind < 0.6 ? pick(Math.max(1, table.nextId() - 300)) : pick(1)
    if (kind < 0.25) table.insert(shopRow(table.nextId(), { createdAt: clock }))
    else if (kind < 0.94) change(id, kind < 0.88)
    else if (table.delete(id)) deleted.add(id)
  }
  return {
    go: (changes) => {
      for (let count = 0; count < changes; count += 1) happen()
    },
    statuses,
    deleted,
  }
}
