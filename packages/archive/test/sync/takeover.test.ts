import { setTimeout as delay } from 'node:timers/promises'
import type { OctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { type SyncProcess, startSyncProcess } from '../support/processes.js'
import { NOON } from '../support/shop-rows.js'
import { startOcto } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const PROCESSES = 3
const POLLS = 12
/** How long after the death of a process another one may take to go on with its source. */
const TAKEOVER_MS = 30_000

describe.each(ENGINES)('$engine: several processes on one archive', ({ createPlace }) => {
  it('poll a source one at a time, and go on with it when the one at work is killed', async () => {
    const { archive, url } = await openOwn(createPlace)
    const first = await startOcto({ rows: octoRows(30, 1, NOON) })
    const { table } = first.emulator
    const others = [await startOcto({ table }), await startOcto({ table })]
    // Each process has an address of its own for the one upstream, which tells them apart.
    const emulators = [first, ...others].map(({ emulator }) => emulator)
    const traffic = watch(emulators)
    const processes = await Promise.all(emulators.map((emulator) => begin(url, emulator)))
    expect(processes).toHaveLength(PROCESSES)

    await traffic.until(() => traffic.polls.length >= POLLS)
    const holder = await traffic.next()
    await processes[holder]?.kill()
    traffic.forget()
    for (const row of octoRows(5, 31, NOON + 60_000)) table.insert(row)
    const killedAt = performance.now()
    expect(await traffic.next()).not.toBe(holder)
    expect(performance.now() - killedAt).toBeLessThan(TAKEOVER_MS)
    await traffic.until(async () => (await storeOf(archive).span('octo')).count === 35)
    expect(traffic.overlaps).toBe(0)
    const codes = await Promise.all(
      processes.map(async (each, index) => (index === holder ? 0 : each.stop())),
    )
    expect(codes).toEqual([0, 0, 0])
  })
})

async function begin(url: string, { url: baseUrl, settings }: OctopodsEmulator): Promise<SyncProcess> {
  const upstream = { id: 'octo', kind: 'octo', baseUrl, credential: settings.apiKey } as const
  const process = await startSyncProcess({ url, upstreams: [upstream], pollMs: 200 })
  process.begin()
  return process
}

interface Traffic {
  /** Which process each poll came from, in the order in which they came. */
  readonly polls: readonly number[]
  /** How many polls came while another one was under way. */
  readonly overlaps: number
  /** The process that polls next. */
  next(): Promise<number>
  until(holds: () => boolean | Promise<boolean>): Promise<void>
  /** The polls under way will not be answered any more. */
  forget(): void
}

/** Follows the polls of all processes, each of which takes a while. */
function watch(emulators: readonly OctopodsEmulator[]): Traffic {
  const polls: number[] = []
  const waiting = new Set<(process: number) => void>()
  const underWay = new Set<object>()
  let overlaps = 0
  for (const [process, { onRequest, onSelected }] of emulators.entries()) {
    onRequest((record) => {
      overlaps += underWay.size > 0 ? 1 : 0
      underWay.add(record)
      polls.push(process)
      for (const tell of waiting) tell(process)
      waiting.clear()
    })
    onSelected(async (record) => {
      await delay(100)
      underWay.delete(record)
    })
  }
  return {
    polls,
    get overlaps() {
      return overlaps
    },
    next: () => new Promise((resolve) => waiting.add(resolve)),
    until: async (holds) => {
      while (!(await holds())) await delay(20)
    },
    forget: () => underWay.clear(),
  }
}
