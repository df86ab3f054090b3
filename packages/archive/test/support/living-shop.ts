import type { WacrEmulator } from '@waybill/emulators'
import { shopRow } from './shop-rows.js'
import { seeded } from './traffic.js'

const STATUSES = ['sent', 'delivered', 'read'] as const

/** Rows that arrive and change, at random, each time that it is called. Their times go on from the last row's. */
export function createLife(emulator: WacrEmulator, seed: number): (changes: number) => void {
  const { table } = emulator
  const random = seeded(seed)
  let clock = Math.max(...table.rows().map((row) => row.updatedAt))
  const pick = (from: number): number => from + Math.floor(random() * (table.nextId() - from))
  return (changes) => {
    for (let change = 0; change < changes; change += 1) {
      if (random() < 0.5) clock += 1000
      const kind = random()
      // What is new changes most; now and then it is something old, or nothing that can be seen.
      const id = kind < 0.6 ? pick(Math.max(1, table.nextId() - 300)) : pick(1)
      const status = STATUSES[Math.floor(random() * STATUSES.length)] ?? 'read'
      if (kind < 0.25) table.insert(shopRow(table.nextId(), { createdAt: clock }))
      else if (kind < 0.9) table.update(id, { status, isRead: status === 'read', updatedAt: clock })
      else table.update(id, { updatedAt: clock })
    }
  }
}
