import { startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import { wacr } from '@waybill/provider-wacr'
import { type Archive, createSync, type SyncSource } from '../../../src/index.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { createMovingShop, type MovingShop } from './moving-shop.js'
import type { Poll, Story } from './story.js'
import { storeOf } from '../../../src/open/archive.js'

const HOUR_MS = 3_600_000
const POLL = { minPollMs: 5000, maxPollMs: 300_000, maxStalenessMs: 30_000 }
/** The clock hardly goes on while nothing happens, so nothing may have to wait for its share of a limit. */
const NO_LIMIT = { requests: 1_000_000, perSeconds: 1 }
const QUIET: Poll = { changes: [], dies: [] }

/** How far an archive is behind once nothing happens any more. */
export interface Outcome {
  /** Ids of messages that are not stored as they are, two polls later. */
  readonly stale: readonly string[]
  /** Those of them that are not stored at all, though the archive says that it is complete there. */
  readonly claimed: readonly string[]
  /** Whether the sync knows that it may have missed something: it plans to read the history again. */
  readonly isSuspect: boolean
  /** Ids of messages that are not stored as they are, a day later. */
  readonly staleNextDay: readonly string[]
  /** Whether messages are said to be in no list by direction, which is never so. */
  readonly isDirectionDoubted: boolean
  /** Whether the archive equals the upstream in the end, deletions included. */
  readonly isEqual: boolean
}

/** Archives a source to which a story happens, and waits until it has caught up. */
export async function runStory(story: Story, archive: Archive): Promise<Outcome> {
  const { seed, rows, ties, chapters, ...settings } = story
  const tableOptions = { ties, seed }
  await using emulator = await startWacrEmulator({ rows: shopRows(rows), tableOptions, ...settings })
  const shop = createMovingShop(emulator, seed, NOON + HOUR_MS)
  const source = sourceOver(emulator)
  for (const { before, poll } of chapters) {
    for (const change of before) shop.apply(change)
    shop.wait(POLL.maxPollMs)
    let requests = 0
    const stopListening = emulator.onRequest(() => {
      requests += 1
      for (const { beforeRequest, change } of poll.changes) if (beforeRequest === requests) shop.apply(change)
    })
    await runPoll(archive, source, shop, poll)
    stopListening()
  }
  const later = async (ms: number): Promise<void> => {
    shop.wait(ms)
    await runPoll(archive, source, shop, QUIET)
  }
  for (let polls = 0; polls < 2; polls += 1) await later(POLL.maxPollMs)
  const stale = await staleIn(archive, emulator)
  const claimed = await claimedOf(archive, emulator, stale)
  const isSuspect = await isSuspectIn(archive)
  const isDirectionDoubted = await doubtsDirection(archive)
  await later(25 * HOUR_MS)
  const staleNextDay = await staleIn(archive, emulator)
  // The history is read again, soon where there is a reason to, and then what it lacks is asked for.
  for (const hours of [200, 29 * 24, 1]) await later(hours * HOUR_MS)
  const [archived, truth] = [await archivedRows(archive), upstreamRows(emulator)]
  return {
    stale,
    claimed,
    isSuspect,
    staleNextDay,
    isDirectionDoubted,
    isEqual: JSON.stringify([...archived]) === JSON.stringify([...truth]),
  }
}

function sourceOver({ url, settings }: WacrEmulator): SyncSource {
  const options = { token: settings.token, baseUrl: url, maxSkewMinutes: 1 }
  const provider = wacr(options, { source: 'shop', limits: { retries: 0 } })
  return { id: 'shop', provider, poll: POLL, rateLimit: NO_LIMIT }
}

/** Brings the archive up to date, in as many processes as it takes. */
async function runPoll(
  archive: Archive,
  source: SyncSource,
  shop: MovingShop,
  { dies }: Poll,
): Promise<void> {
  for (const diesAfter of [...dies, null]) {
    const death = new AbortController()
    let steps = 0
    const onEvent = (): void => {
      if ((steps += 1) === diesAfter) death.abort()
    }
    const sync = createSync({ archive, sources: [source], now: () => shop.now(), onEvent })
    try {
      const [result] = await sync.once(undefined, death.signal)
      if (result?.isComplete !== true) throw new Error(`The sync failed: ${result?.error?.message}`)
      return
    } catch (error) {
      if (!death.signal.aborted) throw error
    } finally {
      await sync.close()
    }
  }
}

async function staleIn(archive: Archive, emulator: WacrEmulator): Promise<string[]> {
  const archived = await archivedRows(archive)
  return [...upstreamRows(emulator)]
    .filter(([id, row]) => JSON.stringify(archived.get(id)) !== JSON.stringify(row))
    .map(([id]) => id)
}

async function claimedOf(
  archive: Archive,
  emulator: WacrEmulator,
  stale: readonly string[],
): Promise<string[]> {
  const [archived, truth] = [await archivedRows(archive), upstreamRows(emulator)]
  const { coverage, gaps } = await storeOf(archive).coverage('shop')
  return stale.filter((id) => {
    const sentAt = truth.get(id)?.sentAt ?? 0
    const isWithin = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
      from <= sentAt && sentAt <= to
    return !archived.has(id) && coverage.some(isWithin) && !gaps.some(isWithin)
  })
}

async function isSuspectIn(archive: Archive): Promise<boolean> {
  const [, plan] = JSON.parse((await storeOf(archive).checkpoint('shop', 'reconcile-plan')) ?? '[0,{}]') as [
    number,
    { readonly suspect?: object | null; readonly miscounts?: number },
  ]
  return (plan.suspect ?? null) !== null || (plan.miscounts ?? 0) > 0
}

async function doubtsDirection(archive: Archive): Promise<boolean> {
  const { headWarnings, reconcileWarnings } = await storeOf(archive).progress('shop')
  return [...headWarnings, ...reconcileWarnings].some(({ field }) => field === 'direction')
}
