import type { Faults, RequestRecord } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent, type SyncSource } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRows } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { NOON, shopRows } from '../../support/shop-rows.js'
import { startOcto, startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const START = NOON + 5 * MINUTE_MS
const IDS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']
const REFUSED_ID = '4'

interface Upstream {
  readonly source: SyncSource
  readonly faults: Faults
  readonly log: RequestRecord[]
  /** Ten messages leave the list. */
  leave(): void
  /** And are delivered. */
  deliver(): void
}

/** A channel of which ten messages are listed no more. */
async function octoUpstream(): Promise<Upstream> {
  const { emulator, source } = await startOcto({ rows: octoRows(10, 1, START - MINUTE_MS) })
  return {
    source,
    faults: emulator.faults,
    log: emulator.log,
    leave: () => {
      for (const row of octoRows(100, 11, START + 1000)) emulator.table.insert({ ...row, status: 'READ' })
    },
    deliver: () => IDS.forEach((id) => emulator.table.update(Number(id), { status: 'DELIVERED' })),
  }
}

/** A tenant that has no list of changes, of whose messages ten are below the newest. */
async function shopUpstream(): Promise<Upstream> {
  const { emulator, source } = await startShop({ rows: shopRows(110) })
  const { provider } = source
  const { capabilities } = provider
  const sorts = capabilities.sorts.filter(({ field }) => field === 'createdAt')
  return {
    source: { ...source, provider: { ...provider, capabilities: { ...capabilities, sorts } } },
    faults: emulator.faults,
    log: emulator.log,
    leave: () => undefined,
    deliver: () => IDS.forEach((id) => emulator.table.update(Number(id), { status: 'delivered' })),
  }
}

describe.each(ENGINES)(
  '$engine: a request for one message that is refused as too much',
  ({ createPlace }) => {
    it.each([
      ['octo', octoUpstream, 600],
      ['shop', shopUpstream, 600],
      ['octo', octoUpstream, null],
    ] as const)(
      'loses nothing of those beside it, and the source is not requested for as long as it demanded: %s',
      async (id, start, retryAfter) => {
        const { archive } = await openOwn(createPlace)
        const { source, faults, log, leave, deliver } = await start()
        const events: SyncEvent[] = []
        let now = START
        const sync = createSync({
          archive,
          sources: [source],
          now: () => now,
          onEvent: (event) => events.push(event),
        })
        const statuses = async (): Promise<(string | null | undefined)[]> => {
          const stored = await storeOf(archive).stored(id, IDS)
          return IDS.map((each) => stored.get(each)?.message.status)
        }
        await sync.once()
        leave()
        now += MINUTE_MS
        await sync.once()
        deliver()
        now += 2 * MINUTE_MS
        const headers = retryAfter === null ? {} : { 'retry-after': String(retryAfter) }
        const refused = { kind: 'status', status: 429, headers } as const
        faults.when(({ path }) => path.endsWith(`/messages/${REFUSED_ID}`), refused, 1)
        events.length = 0
        const [result] = await sync.once()
        expect(result).toMatchObject({ isComplete: false, error: { code: 'UPSTREAM_RATE_LIMITED' } })
        expect(await statuses()).toEqual(IDS.map((each) => (each === REFUSED_ID ? 'SENT' : 'DELIVERED')))
        expect(events).toContainEqual(expect.objectContaining({ kind: 'rechecked', asked: 10, changed: 9 }))
        const waitMs = (retryAfter ?? 1) * 1000
        expect(events.at(-1)).toMatchObject({ kind: 'failed', retryAt: now + waitMs })

        log.length = 0
        now += waitMs - 1
        const stop = new AbortController()
        const watched = sync.watch(stop.signal)
        const patience = setTimeout(() => stop.abort(), 1500)
        await watched
        clearTimeout(patience)
        expect(log.map(({ path }) => path)).toEqual([])

        now += 1
        expect(await sync.once()).toMatchObject([{ isComplete: true }])
        expect(await statuses()).toEqual(IDS.map(() => 'DELIVERED'))
        await sync.close()
      },
    )
  },
)
