import type { MessageProvider } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { type Archive, createSync, openArchive, type SyncSource } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRow, octoRows } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { NOON, shopRow, shopRows } from '../../support/shop-rows.js'
import { startOcto, startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const START = NOON + 5 * MINUTE_MS

/** As of a provider whose upstream cannot sort by the time of the last change. */
function withoutChanges({ provider, ...source }: SyncSource): SyncSource {
  const { capabilities } = provider
  const sorts = capabilities.sorts.filter(({ field }) => field === 'createdAt')
  return { ...source, provider: { ...provider, capabilities: { ...capabilities, sorts } } }
}

function withoutGet({ provider, ...source }: SyncSource): SyncSource {
  const { get: _, ...rest } = provider
  return { ...source, provider: rest satisfies MessageProvider }
}

/** Syncs once in a process of its own, as far as the archive can tell. */
async function syncAt(url: string, source: SyncSource, at: number): Promise<void> {
  const archive = await openArchive({ url })
  const sync = createSync({ archive, sources: [source], now: () => at })
  const [result] = await sync.once()
  expect(result?.error).toBeNull()
  await sync.close()
  await archive.close()
}

async function historyOf(archive: Archive, source: string, id: string): Promise<unknown> {
  return (await archive.records(source, [id])).get(id)?.statusHistory
}

describe.each(ENGINES)('$engine: a status that changes when no list has it any more', ({ createPlace }) => {
  it('arrives from a source that has no list of changes, each change with its time, over restarts', async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source: full } = await startShop({ rows: shopRows(130) })
    const source = withoutChanges(full)
    await syncAt(url, source, START)
    await syncAt(url, source, START + MINUTE_MS)
    emulator.table.update(7, { status: 'delivered' })
    emulator.table.delete(9)
    await syncAt(url, source, START + 3 * MINUTE_MS)
    emulator.table.update(7, { status: 'read', isRead: true })
    await syncAt(url, source, START + 90 * MINUTE_MS)
    expect(await historyOf(archive, 'shop', '7')).toEqual([
      { status: 'SENT', observedAt: START },
      { status: 'DELIVERED', observedAt: START + 3 * MINUTE_MS },
      { status: 'READ', observedAt: START + 90 * MINUTE_MS },
    ])
    expect((await storeOf(archive).stored('shop', ['9'])).get('9')).toMatchObject({ deleted: true })
    expect([...(await storeOf(archive).rechecks('shop', ['7', '9', '10', '130'])).keys()]).toEqual(['10'])
  })

  it('is asked for again when a message leaves the head of such a source, and not while it is there', async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source: full } = await startShop({ rows: shopRows(99) })
    const source = withoutChanges(full)
    await syncAt(url, source, START)
    await syncAt(url, source, START + MINUTE_MS)
    expect(await storeOf(archive).nextDue('shop')).toBeNull()
    emulator.table.insert(shopRow(100))
    await syncAt(url, source, START + 2 * MINUTE_MS)
    expect([...(await storeOf(archive).rechecks('shop', ['1', '2'])).keys()]).toEqual(['1'])
  })

  it('cannot be had where the upstream has no requests for single messages, which fails nothing', async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source: full } = await startShop({ rows: shopRows(130) })
    const source = withoutGet(withoutChanges(full))
    await syncAt(url, source, START)
    emulator.table.update(7, { status: 'delivered' })
    emulator.table.update(90, { status: 'delivered' })
    emulator.table.delete(120)
    await syncAt(url, source, START + 90 * MINUTE_MS)
    const stored = await storeOf(archive).stored('shop', ['7', '90', '120'])
    expect(stored.get('7')?.message.status).toBe('SENT')
    // The newest are told by every poll.
    expect(stored.get('90')?.message.status).toBe('DELIVERED')
    // Nothing is taken for deleted that was not asked for.
    expect(stored.get('120')?.deleted).toBe(false)
    expect(await storeOf(archive).nextDue('shop')).toBeNull()
  })

  it('arrives from a window, each change with its time, over restarts', async () => {
    const { archive, url } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: [octoRow(1, START - 1000)] })
    await syncAt(url, source, START)
    for (const row of octoRows(100, 2, START + 1000)) emulator.table.insert({ ...row, status: 'READ' })
    const changes = [
      { minutes: 2, status: 'SENT' },
      { minutes: 4, status: 'DELIVERED' },
      { minutes: 150, status: 'READ' },
    ] as const
    for (const { minutes, status } of changes) {
      emulator.table.update(1, { status })
      await syncAt(url, source, START + minutes * MINUTE_MS)
    }
    expect(await historyOf(archive, 'octo', '1')).toEqual([
      { status: 'SENT', observedAt: START },
      { status: 'DELIVERED', observedAt: START + 4 * MINUTE_MS },
      { status: 'READ', observedAt: START + 150 * MINUTE_MS },
    ])
    expect(await storeOf(archive).nextDue('octo')).toBeNull()
  })
})
