import { UpstreamError } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { backOff, believable } from '../../src/sync/step/failure.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { NOON, shopRow, shopRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const MINUTE_MS = 60_000
/** Seconds since the epoch, said for a number of seconds. */
const EPOCH = '1777034096'

function limited(retryAfterSeconds: number): UpstreamError {
  return new UpstreamError('UPSTREAM_RATE_LIMITED', 'Too many requests.', {
    source: 'shop',
    retryAfterSeconds,
  })
}

describe('how long a source is left alone', () => {
  it.each([1, 60, 899, 900, 901, 86_400, 1_777_034_096, Number.MAX_SAFE_INTEGER])(
    'after it demanded %s seconds is that long, and 15 minutes at most',
    (seconds) => {
      for (const failures of [0, 3, 50]) {
        const { until } = backOff(limited(seconds), failures, NOON)
        expect(until).toBeLessThanOrEqual(NOON + 15 * MINUTE_MS)
        expect(until).toBeGreaterThanOrEqual(NOON + Math.min(seconds * 1000, 15 * MINUTE_MS))
      }
    },
  )

  it('can be bounded otherwise', () => {
    expect(backOff(limited(1000), 0, NOON, 2 * MINUTE_MS).until).toBe(NOON + 2 * MINUTE_MS)
    expect(backOff(limited(3000), 0, NOON, 60 * MINUTE_MS).until).toBe(NOON + 3_000_000)
  })

  it('is over where what is stored lies beyond any wait that is believed', () => {
    const error = { code: 'UPSTREAM_RATE_LIMITED', message: 'Too many requests.', retryAfterSeconds: 1e9 }
    const until = (at: number): number | undefined =>
      believable({ head: { failures: 1, until: at, error } }, NOON).head?.until
    expect(until(NOON + 14 * MINUTE_MS)).toBe(NOON + 14 * MINUTE_MS)
    for (const far of [16 * MINUTE_MS, 1e9, 1e15]) expect(until(NOON + far)).toBe(NOON)
  })
})

describe.each(ENGINES)('$engine: a date in place of a number of seconds', ({ createPlace }) => {
  it('puts no source off for longer than 15 minutes, in whichever process', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(30) })
    let now = NOON
    const once = async (): Promise<unknown> => {
      const sync = createSync({ archive, sources: [source], now: () => now })
      try {
        return await sync.once(undefined, AbortSignal.timeout(3000)).catch((error: unknown) => error)
      } finally {
        await sync.close()
      }
    }
    await once()
    emulator.table.insert(shopRow(31))
    emulator.faults.when(() => true, { kind: 'status', status: 429, headers: { 'retry-after': EPOCH } }, 1)
    now += MINUTE_MS
    expect(await once()).toMatchObject([{ error: { code: 'UPSTREAM_RATE_LIMITED' } }])
    now += 15 * MINUTE_MS
    expect(await once()).toMatchObject([{ added: 1, error: null, isComplete: true }])
  })
})
