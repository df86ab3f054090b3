import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { severable } from '../../../../test/support/severable.js'
import { type Change, PostgresFeed } from '../../src/schedule/change-feed.js'
import { ENGINES, runSql } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { startSyncProcess } from '../support/processes.js'
import { NOON } from '../support/shop-rows.js'
import { startOcto } from '../support/upstreams.js'

const [, { createPlace }] = ENGINES

interface Listener {
  readonly heard: readonly Change[]
  /** Until something of a kind is heard that was not heard before. */
  hears(kind: string): Promise<void>
}

/** Somebody who listens to a database, from now on. */
function listen(url: string): Listener {
  const feed = new PostgresFeed(url)
  onTestFinished(() => feed.close())
  return listenTo(feed)
}

function listenTo(feed: PostgresFeed): Listener {
  const heard: Change[] = []
  const waiting = new Set<(change: Change) => void>()
  feed.subscribe((change) => {
    heard.push(change)
    for (const tell of waiting) tell(change)
  })
  const hears = (kind: string): Promise<void> =>
    new Promise((resolve) => waiting.add((change) => change.kind === kind && resolve()))
  return { heard, hears }
}

/** Until somebody has heard it, whatever the state of the connections. */
async function sayUntilHeard(feed: PostgresFeed, kind: string, listener: Listener): Promise<void> {
  while (!listener.heard.some((change) => change.kind === kind)) {
    feed.publish({ source: 'octo', kind })
    await delay(50)
  }
}

async function startSyncing(url: string): Promise<void> {
  const { emulator } = await startOcto({ rows: octoRows(3, 1, NOON) })
  const upstream = {
    id: 'octo',
    kind: 'octo',
    baseUrl: emulator.url,
    credential: emulator.settings.apiKey,
  } as const
  const process = await startSyncProcess({ url, upstreams: [upstream], pollMs: 100 })
  process.begin()
}

/** Cuts the connections that listen, as a proxy or a restarted server would. */
async function cutListeners(url: string): Promise<void> {
  await runSql(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'waybill changes' and datname = current_database()`,
  )
}

describe('what one process does on PostgreSQL', () => {
  it('is heard by the others, and again when their connection was cut', async () => {
    const { url } = await openOwn(createPlace)
    const listener = listen(url)
    await startSyncing(url)
    await listener.hears('synced')
    expect(listener.heard).toContainEqual({ source: 'octo', kind: 'synced' })
    await cutListeners(url)
    await listener.hears('synced')
    await listener.hears('synced')
  })

  it('is heard only by those on the same database', async () => {
    const { url } = await openOwn(createPlace)
    const { url: otherUrl } = await openOwn(createPlace)
    const [listener, stranger] = [listen(url), listen(otherUrl)]
    await startSyncing(url)
    await listener.hears('synced')
    expect(stranger.heard).toEqual([])
  })

  it('is not mistaken for what somebody else sends on the channel', async () => {
    const { url } = await openOwn(createPlace)
    const listener = listen(url)
    await startSyncing(url)
    await listener.hears('synced')
    for (const said of ['', 'no json', 'null', '[1]', '{"source":1,"kind":"synced"}', '{"source":"octo"}']) {
      await runSql(url, `select pg_notify('waybill', '${said}')`)
    }
    await runSql(url, `select pg_notify('waybill', '{"source":"octo","kind":"of-a-later-version"}')`)
    if (!listener.heard.some(({ kind }) => kind === 'of-a-later-version')) {
      await listener.hears('of-a-later-version')
    }
    expect(new Set(listener.heard.map(({ source }) => source))).toEqual(new Set(['octo']))
  })

  it('is heard whole and in its order where much happens at once, without a warning of the driver', async () => {
    const { url } = await openOwn(createPlace)
    const listener = listen(url)
    const warnings: string[] = []
    const onWarning = ({ message }: Error): unknown => warnings.push(message)
    process.on('warning', onWarning)
    const feed = new PostgresFeed(url)
    // Until it is connected it speaks to itself alone.
    await sayUntilHeard(feed, 'hello', listener)
    const kinds = Array.from({ length: 50 }, (_, index) => `event ${index}`)
    const last = listener.hears('event 49')
    for (const kind of kinds) feed.publish({ source: 'octo', kind })
    await last
    const heard = listener.heard.map(({ kind }) => kind).filter((kind) => kind !== 'hello')
    expect(heard).toEqual(kinds)
    await feed.close()
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
  })

  it('is heard within its own process, and by others again, though a connection no longer answers', async () => {
    const { url } = await openOwn(createPlace)
    const others = listen(url)
    const way = await severable(url)
    const feed = new PostgresFeed(way.url)
    const own = listenTo(feed)
    await sayUntilHeard(feed, 'hello', others)
    way.freeze()
    const told = own.hears('into the silence')
    feed.publish({ source: 'octo', kind: 'into the silence' })
    await told
    expect(own.heard.filter(({ kind }) => kind === 'into the silence')).toHaveLength(1)
    await sayUntilHeard(feed, 'hello again', others)
    way.freeze()
    await feed.close()
  })
})
