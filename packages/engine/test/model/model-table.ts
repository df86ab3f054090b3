import { createWacrTable, type WacrRow, type WacrTable } from '@waybill/emulators'
import { type Lie, liesOf } from './lie.js'

/** How the rows of a model table are spread in time. */
export interface Spread {
  readonly rows: number
  /** Most rows with one `createdAt`. */
  readonly ties: number
  /** Most distance of one `createdAt` from the next, in seconds. */
  readonly gapSeconds: number
  /** Most distance of `sentAt` from `createdAt`, in seconds. */
  readonly skewSeconds: number
  readonly declaredSkewSeconds: number
  readonly lies: readonly Lie[]
}

const BEGIN = Date.UTC(2026, 0, 1)

/** A table with ties and skew as told, deterministic in its seed. */
export function makeTable(spread: Spread, seed: number): WacrTable {
  const random = generator(seed)
  const rows: WacrRow[] = []
  let createdAt = BEGIN
  let left = 1
  for (let id = 1; id <= spread.rows; id += 1) {
    left -= 1
    if (left <= 0) {
      createdAt += 1000 * (1 + Math.floor(random() * spread.gapSeconds))
      left = 1 + Math.floor(random() * spread.ties)
    }
    rows.push(makeRow(id, createdAt, spread.skewSeconds, random))
  }
  for (const { place, beyondSeconds } of liesOf(spread.lies, 'departed-row')) {
    const at = Math.floor(place * rows.length)
    const row = rows[at]
    const away = 1000 * (spread.declaredSkewSeconds + beyondSeconds)
    if (row !== undefined) rows[at] = { ...row, timeSent: row.createdAt + (at % 2 === 0 ? away : -away) }
  }
  return createWacrTable(rows, { ties: 'shuffle', seed })
}

export function makeRow(id: number, createdAt: number, skewSeconds: number, random: () => number): WacrRow {
  const skew = skewSeconds === 0 || random() < 0.5 ? 0 : Math.round((2 * random() - 1) * skewSeconds) * 1000
  return {
    id,
    interactionId: id % 7,
    senderId: null,
    type: 'text',
    message: `message ${id}`,
    status: statusOf(id),
    messageId: null,
    createdAt,
    updatedAt: createdAt,
    timeSent: skew === 0 ? null : createdAt + skew,
    isRead: false,
    direction: id % 3 === 0 ? 'inbound' : 'outbound',
    statusMessage: null,
    refMessageId: null,
    url: null,
    staffId: null,
  }
}

function statusOf(id: number): string | null {
  if (id % 11 === 0) return null
  return id % 5 === 0 ? 'read' : 'sent'
}

/** A small seeded generator of numbers from 0 up to 1 (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
