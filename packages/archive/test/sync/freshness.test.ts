import { setTimeout as delay } from 'node:timers/promises'
import type { MessageProvider } from '@waybill/core'
import type { Fault, OctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Archive, createSync, type SyncSource } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { readAll } from '../support/read-list.js'
import { NOON, shopRow, shopRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const MINUTE_MS = 60_000
/** Longer than a poll takes on any machine. */
const LONG_MS = 20_000
const SHORT_MS = 400

/** What is archived of a source, last synced a minute ago, as a server reads it. */
async function readLate(
  archive: Archive,
  source: SyncSource,
  refreshTimeoutMs = LONG_MS,
): Promise<MessageProvider> {
  const past = createSync({ archive, sources: [source], now: () => Date.now() - MINUTE_MS })
  await past.once()
  await past.close()
  const sync = createSync({ archive, sources: [source], refreshTimeoutMs })
  onTestFinished(() => sync.close())
  const { id, provider, poll } = source
  const refresh = (signal?: AbortSignal): Promise<void> => sync.refresh(id, signal)
  return archive.source({ id, provider, maxStalenessMs: poll.maxStalenessMs, refresh })
}

function arrive({ table, log }: OctopodsEmulator): void {
  table.insert(octoRow(11, NOON + MINUTE_MS))
  log.length = 0
}

async function readIds(archived: MessageProvider): Promise<string[]> {
  return (await readAll(archived, {})).map((message) => message.upstreamId)
}

const OLD = ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']
const NEW = ['11', ...OLD]

describe.each(ENGINES)('$engine: reading what was archived too long ago', ({ createPlace }) => {
  it('waits for one poll, which all readers share, and has what that brought', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(10, 1, NOON) })
    const archived = await readLate(archive, source)
    arrive(emulator)
    const answers = await Promise.all(Array.from({ length: 20 }, () => readIds(archived)))
    expect(answers).toEqual(answers.map(() => NEW))
    expect(await readIds(archived)).toEqual(NEW)
    expect(emulator.log).toHaveLength(1)
  })

  it('costs nothing where it is fresh enough', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto(
      { rows: octoRows(10, 1, NOON) },
      { maxStalenessMs: 10 * MINUTE_MS },
    )
    const archived = await readLate(archive, source)
    arrive(emulator)
    expect(await readIds(archived)).toEqual(OLD)
    expect(emulator.log).toEqual([])
  })

  it('waits no longer than its patience for an upstream that does not answer', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(10, 1, NOON) })
    const archived = await readLate(archive, source, SHORT_MS)
    arrive(emulator)
    emulator.faults.next({ kind: 'hang' })
    expect(await readIds(archived)).toEqual(OLD)
    expect(emulator.log).toMatchObject([{ fault: 'hang', status: null }])
  })

  it.each([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 401 },
    { kind: 'truncatedJson' },
  ] satisfies Fault[])('does not fail with an upstream that does: $kind $status', async (fault) => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(10, 1, NOON) })
    const archived = await readLate(archive, source)
    arrive(emulator)
    emulator.faults.when(() => true, fault)
    expect(await readIds(archived)).toEqual(OLD)
    // The source is left alone for a while, also by readers.
    expect(await readIds(archived)).toEqual(OLD)
    expect(emulator.log).toHaveLength(1)
    expect((await archive.status('octo')).lastError).not.toBeNull()
  })

  it('does not fail while another process holds the source, and has what that one brings', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(10, 1, NOON) })
    const archived = await readLate(archive, source, SHORT_MS)
    arrive(emulator)
    const lease = await storeOf(archive).acquire('octo', 'another', MINUTE_MS)
    expect(await readIds(archived)).toEqual(OLD)
    expect(emulator.log).toEqual([])
    if (lease !== null) await storeOf(archive).release(lease)
    while ((await readIds(archived)).length < NEW.length) await delay(20)
    expect(await readIds(archived)).toEqual(NEW)
  })

  it('is followed at once by what the poll gave rise to', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(300) })
    const archived = await readLate(archive, source)
    emulator.table.insert(shopRow(301))
    emulator.table.delete(290)
    emulator.table.update(3, { status: 'read', isRead: true, updatedAt: NOON + MINUTE_MS * MINUTE_MS })
    expect((await readIds(archived)).at(0)).toBe('301')
    const isChanged = async (): Promise<boolean> =>
      (await storeOf(archive).stored('shop', ['3'])).get('3')?.message.isRead === true
    while ((await storeOf(archive).span('shop')).deletedCount === 0 || !(await isChanged())) await delay(20)
    expect((await storeOf(archive).stored('shop', ['290'])).get('290')).toMatchObject({ deleted: true })
  })
})
