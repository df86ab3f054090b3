import type { OctopodsEmulator } from '@waybill/emulators'
import { expect } from 'vitest'
import { type Archive, createSync, type Sync } from '../../src/index.js'
import { octoRows } from './octo-rows.js'
import { startOcto } from './upstreams.js'

export const NOON: number = Date.UTC(2026, 3, 24, 12)

/** An Octopods channel that is archived as `octo`. */
export interface Channel {
  readonly emulator: OctopodsEmulator
  readonly archive: Archive
  readonly sync: Sync
  /** Polls at a time. */
  poll(at: number): Promise<void>
  /** Inserts so many messages, the first of them sent at a time, each a second after the one before. */
  send(count: number, from: number): void
}

/** One without messages, until the test ends. */
export async function openChannel(archive: Archive): Promise<Channel> {
  const { emulator, source } = await startOcto()
  let now = NOON
  let lastId = 0
  const sync = createSync({ archive, sources: [source], now: () => now })
  return {
    emulator,
    archive,
    sync,
    poll: async (at) => {
      now = at
      expect(await sync.once()).toMatchObject([{ isComplete: true }])
    },
    send: (count, from) => {
      for (const row of octoRows(count, lastId + 1, from)) emulator.table.insert(row)
      lastId += count
    },
  }
}
