import { expect, test } from 'vitest'
import { createSync, openArchive, type Sync, type SyncEvent } from '../../src/index.js'
import { shopRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

/** A sync whose clock stands still: what is put off stays so. */
async function startStopped(): Promise<{
  sync: Sync
  now: number
  events: SyncEvent[]
  emulator: Awaited<ReturnType<typeof startShop>>['emulator']
}> {
  const { emulator, source } = await startShop({ rows: shopRows(3) })
  const archive = await openArchive({ url: 'sqlite::memory:' })
  const now = Date.now()
  const events: SyncEvent[] = []
  const sync = createSync({
    archive,
    sources: [source],
    now: () => now,
    onEvent: (event) => events.push(event),
  })
  return { sync, now, events, emulator }
}

test('what failed is tried again at once by who asks for a sync', async () => {
  const { sync, emulator } = await startStopped()
  const { token } = emulator.settings
  emulator.settings.token = 'another'
  expect(await sync.once()).toMatchObject([{ error: { code: 'UPSTREAM_UNAUTHORIZED' } }])
  expect(await sync.once()).toMatchObject([{ error: { code: 'UPSTREAM_UNAUTHORIZED' } }])
  emulator.settings.token = token
  expect(await sync.once()).toMatchObject([{ added: 3, error: null, isComplete: true }])
})

test('but not before the time that the upstream demanded, which is reported once', async () => {
  const { sync, now, events, emulator } = await startStopped()
  emulator.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '600' } })
  expect(await sync.once()).toMatchObject([{ error: { code: 'UPSTREAM_RATE_LIMITED' } }])
  const sent = emulator.log.length
  const gaveUp = new DOMException('Enough', 'AbortError')
  const patience = new AbortController()
  setTimeout(() => patience.abort(gaveUp), 500)
  await expect(sync.once(undefined, patience.signal)).rejects.toBe(gaveUp)
  expect(emulator.log).toHaveLength(sent)
  expect(events.slice(1)).toEqual([
    {
      kind: 'waiting',
      reason: 'retry',
      source: 'shop',
      error: {
        code: 'UPSTREAM_RATE_LIMITED',
        message: expect.stringContaining('429'),
        retryAfterSeconds: 600,
      },
      until: now + 600_000,
    },
  ])
  expect(events[0]).toMatchObject({ kind: 'failed', retryAt: now + 600_000 })
})
