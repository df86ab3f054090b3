import { describe, expect, it, onTestFinished } from 'vitest'
import { severable } from '../../../../test/support/severable.js'
import { watchByQueue } from '../../src/schedule/queue.js'
import { SourceSync } from '../../src/sync/turn/source-sync.js'
import { Worker } from '../../src/sync/turn/worker.js'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { NOON } from '../support/shop-rows.js'
import { startOcto } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const [, { createPlace }] = ENGINES
/** A pause that leads through the queue. */
const POLL_MS = 2000
const TAKEOVER_MS = 30_000

describe('the queue on PostgreSQL', () => {
  it('continues though its connections no longer answer, before another process would take over', async () => {
    const { archive, url } = await openOwn(createPlace)
    const way = await severable(url)
    const poll = { minPollMs: POLL_MS, maxPollMs: POLL_MS }
    const { emulator, source } = await startOcto({ rows: octoRows(3, 1, NOON) }, poll)
    const worker = new Worker(storeOf(archive), { holder: 'test', ttlMs: 20_000 }, Date.now, () => undefined)
    const sync = new SourceSync(source, storeOf(archive), Date.now, () => undefined)
    const stop = new AbortController()
    const errors: unknown[] = []
    const onError = (error: unknown): unknown => errors.push(error)
    const watched = watchByQueue(way.url, worker, [sync], Date.now, onError, stop.signal)
    onTestFinished(async () => {
      stop.abort()
      await watched
    })
    const polls = (): number => emulator.log.length
    await expect.poll(polls).toBeGreaterThanOrEqual(3)
    way.freeze()
    const before = polls()
    await expect.poll(polls, { timeout: TAKEOVER_MS }).toBeGreaterThanOrEqual(before + 3)
    await expect.poll(() => errors, { timeout: TAKEOVER_MS }).not.toEqual([])
  })
})
