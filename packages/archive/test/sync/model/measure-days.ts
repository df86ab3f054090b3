import { startWacrEmulator, type WacrEmulator, type WacrRow } from '@waybill/emulators'
import { wacr } from '@waybill/provider-wacr'
import { createSync, openArchive } from '../../../src/index.js'
import { NOON, shopRow } from '../../support/shop-rows.js'
import { seeded } from '../../support/traffic.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const POLL_MS = 5 * MINUTE_MS
/** The history that there is in the beginning. */
const PAST_DAYS = 25
const A_DAY = 100
const STATUSES = ['sent', 'delivered', 'read'] as const

/** What happens to the rows of a source. */
export type Happening =
  | 'changes'
  | 'changes, an old message'
  | 'changes, and then many are touched that do not'
  | 'changes at once with many'
  | 'changes without being touched'
  | 'is deleted'
  | 'is deleted, an old one'
  | 'is imported into the past'

/** How late an archive saw what happened. */
export interface Seen {
  readonly count: number
  /** How many had not been seen at the end. */
  readonly missed: number
  /** How long after it happened, in minutes. */
  readonly median: number
  readonly latest: number
}

export interface Measured {
  readonly requestsPerDay: number
  readonly seen: ReadonlyMap<Happening, Seen>
}

interface Pending {
  readonly kind: Happening
  readonly at: number
}

/**
 * Lives through days of a source with a poll every five minutes, and measures when the archive shows what happened, and
 * what that costs. Everything happens at random times, the same for each seed.
 *
 * @param totals whether the source counts its messages
 */
export async function measureDays(days: number, seed: number, totals: boolean): Promise<Measured> {
  const random = seeded(seed)
  const rows = Array.from({ length: PAST_DAYS * A_DAY }, (_, nth) =>
    shopRow(nth + 1, { createdAt: NOON + Math.floor((nth * DAY_MS) / A_DAY / 1000) * 1000 }),
  ).map((row) => ({ ...row, updatedAt: row.createdAt }))
  await using emulator = await startWacrEmulator({ rows, totals, tableOptions: { ties: 'shuffle', seed } })
  const archive = await openArchive({ url: 'sqlite::memory:' })
  let now = NOON + PAST_DAYS * DAY_MS
  const pending = new Map<number, Pending>()
  const found = new Map<Happening, number[]>()
  const { token } = emulator.settings
  const provider = wacr(
    { token, baseUrl: emulator.url, maxSkewMinutes: 1 },
    { source: 'shop', limits: { retries: 0 } },
  )
  const poll = { minPollMs: 5000, maxPollMs: POLL_MS, maxStalenessMs: 30_000 }
  const rateLimit = { requests: 1_000_000, perSeconds: 1 }
  const sync = createSync({ archive, sources: [{ id: 'shop', provider, poll, rateLimit }], now: () => now })
  const look = async (): Promise<void> => {
    const stored = await storeOf(archive).stored('shop', [...pending.keys()].map(String))
    for (const [id, { kind, at }] of pending) {
      const known = stored.get(String(id))
      const row = emulator.table.get(id)
      const isSeen = row === undefined ? known?.deleted : known?.message.status === row.status?.toUpperCase()
      if (isSeen !== true) continue
      found.set(kind, [...(found.get(kind) ?? []), (now - at) / MINUTE_MS])
      pending.delete(id)
    }
  }
  await sync.once()
  emulator.log.length = 0
  for (let polls = 1; polls <= (days * DAY_MS) / POLL_MS; polls += 1) {
    live(
      emulator,
      now,
      polls,
      random,
      (id, kind) => void (pending.has(id) || pending.set(id, { kind, at: now })),
    )
    now += POLL_MS
    await sync.once()
    await look()
  }
  const requestsPerDay = Math.round(emulator.log.length / days)
  await sync.close()
  await archive.close()
  return { requestsPerDay, seen: summary(found, pending) }
}

/** Lets five minutes go by. */
function live(
  { table }: WacrEmulator,
  now: number,
  polls: number,
  random: () => number,
  tell: (id: number, kind: Happening) => void,
): void {
  const rows = table.rows()
  const newest = rows.slice(-3 * A_DAY)
  const pick = (from: readonly WacrRow[]): WacrRow | undefined => from[Math.floor(random() * from.length)]
  const whole = Math.floor(now / 1000) * 1000
  const change = (row: WacrRow | undefined, updatedAt: number, kind: Happening): void => {
    if (row === undefined) return
    const status = STATUSES.find((each) => each !== row.status) ?? 'read'
    table.update(row.id, { status, updatedAt })
    tell(row.id, kind)
  }
  const remove = (row: WacrRow | undefined, kind: Happening): void => {
    if (row === undefined) return
    table.delete(row.id)
    tell(row.id, kind)
  }
  const isTime = (hour: number): boolean => (polls * POLL_MS) % DAY_MS === hour * 60 * MINUTE_MS
  if (random() < A_DAY / 288) table.insert(shopRow(table.nextId(), { createdAt: whole, updatedAt: whole }))
  if (random() < 0.5) change(pick(newest), whole, 'changes')
  if (random() < 0.05) change(pick(rows), whole, 'changes, an old message')
  if (random() < 0.02)
    change(pick(newest), (pick(rows)?.updatedAt ?? 0) - 1000, 'changes without being touched')
  if (random() < 0.02) remove(pick(newest), 'is deleted')
  if (random() < 0.01) remove(pick(rows.slice(0, -8 * A_DAY)), 'is deleted, an old one')
  if (random() < 0.01) {
    const id = table.nextId()
    const createdAt = whole - Math.floor(random() * 5 * DAY_MS)
    table.insert(shopRow(id, { createdAt, updatedAt: createdAt }))
    tell(id, 'is imported into the past')
  }
  if (isTime(6)) {
    for (let nth = 0; nth < 20; nth += 1)
      change(pick(newest), whole, 'changes, and then many are touched that do not')
    for (const [nth, row] of rows.slice(-1000, -400).entries())
      table.update(row.id, { updatedAt: whole + 1000 + nth })
  }
  if (isTime(15)) {
    for (const row of rows.slice(-700, -450)) change(row, whole, 'changes at once with many')
  }
}

function summary(
  found: ReadonlyMap<Happening, readonly number[]>,
  pending: ReadonlyMap<number, Pending>,
): Map<Happening, Seen> {
  const kinds = new Set([...found.keys(), ...[...pending.values()].map(({ kind }) => kind)])
  return new Map(
    [...kinds].toSorted().map((kind) => {
      const ages = (found.get(kind) ?? []).toSorted((a, b) => a - b)
      const missed = [...pending.values()].filter((each) => each.kind === kind).length
      const median = Math.round(ages[Math.floor(ages.length / 2)] ?? 0)
      return [kind, { count: ages.length + missed, missed, median, latest: Math.round(ages.at(-1) ?? 0) }]
    }),
  )
}
