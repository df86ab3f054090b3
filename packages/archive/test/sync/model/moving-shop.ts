import type { WacrEmulator, WacrRow } from '@waybill/emulators'
import { shopRow } from '../../support/shop-rows.js'
import { seeded } from '../../support/traffic.js'
import type { Change, Choice } from './story.js'

const STATUSES = ['sent', 'delivered', 'read'] as const
const SECOND_MS = 1000
/** A minute is declared. */
const MOST_SKEW_S = 55

type Touch = Extract<Change, { kind: 'touch' }>

/** A shop whose table changes as a story says, at the time of a clock that goes on by it. */
export interface MovingShop {
  apply(change: Change): void
  /** Milliseconds since the epoch. */
  now(): number
  wait(ms: number): void
}

export function createMovingShop({ table }: WacrEmulator, seed: number, begin: number): MovingShop {
  const random = seeded(seed)
  let clock = begin
  const tick = (): number => Math.floor((clock += SECOND_MS) / SECOND_MS) * SECOND_MS
  const touched = (): WacrRow[] => table.page({ sort: '-updated_at', perPage: table.size, seed })

  const chosen = ({ where, place, amount }: Choice): WacrRow[] => {
    const rows = touched()
    const count = Math.ceil(amount * rows.length)
    if (where === 'any') return rows.filter(() => random() < amount)
    const from = where === 'front' ? 0 : Math.floor(place * rows.length)
    return rows.slice(from, from + count)
  }
  const arrive = (count: number, isAtOnce: boolean): void => {
    let time = tick()
    for (let nth = 0; nth < count; nth += 1) {
      if (!isAtOnce) time = tick()
      table.insert(shopRow(table.nextId(), { createdAt: time }))
    }
  }
  const inOrder = (rows: readonly WacrRow[], order: Touch['order']): WacrRow[] => {
    // The last one to be touched stands in front.
    if (order === 'as-they-stand') return rows.toReversed()
    if (order === 'reversed') return [...rows]
    const places = new Map(rows.map(({ id }) => [id, random()]))
    return rows.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  }
  const seen = (row: WacrRow, shows: Touch['shows']): Partial<WacrRow> => {
    if (shows === 'nothing') return {}
    if (shows === 'sentAt')
      return { timeSent: row.createdAt + Math.floor(random() * MOST_SKEW_S) * SECOND_MS }
    return { status: STATUSES.filter((each) => each !== row.status)[random() < 0.5 ? 0 : 1] ?? 'read' }
  }
  const touch = ({ rows, shows, order }: Touch): void => {
    let time = tick()
    for (const row of inOrder(chosen(rows), order)) {
      if (order !== 'at-once') time = tick()
      const updatedAt = order === 'in-the-past' ? row.updatedAt : time
      table.update(row.id, { ...seen(row, shows), updatedAt })
    }
  }
  return {
    apply: (change) => {
      if (change.kind === 'arrive') arrive(change.count, change.isAtOnce)
      else if (change.kind === 'touch') touch(change)
      else for (const { id } of chosen(change.rows)) table.delete(id)
    },
    now: () => (clock += 1),
    wait: (ms) => void (clock += ms),
  }
}
