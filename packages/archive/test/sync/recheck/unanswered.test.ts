import { type MessageProvider, UpstreamError } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { createSync, type SyncSource } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRows } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { NOON } from '../../support/shop-rows.js'
import { startOcto } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The oldest messages: more than one step asks for. */
const FAILING = Array.from({ length: 12 }, (_, index) => String(index + 1))
const OTHERS = ['13', '14', '15']

function failingFor(ids: readonly string[], { provider, ...source }: SyncSource): SyncSource {
  const get: MessageProvider['get'] = async (id, call) => {
    if (!ids.includes(id)) return (await provider.get?.(id, call)) ?? null
    throw new UpstreamError('UPSTREAM_INVALID_RESPONSE', 'The answer is no message.', { source: source.id })
  }
  return { ...source, provider: { ...provider, get } }
}

describe.each(ENGINES)('$engine: messages that cannot be asked for', ({ createPlace }) => {
  it('keep no others from it, and are given up in the end', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(15, 1, NOON - MINUTE_MS) })
    let now = NOON
    const sync = createSync({ archive, sources: [failingFor(FAILING, source)], now: () => now })
    await sync.once()
    for (const row of octoRows(100, 16, NOON + 1000)) emulator.table.insert({ ...row, status: 'READ' })
    now += 2 * MINUTE_MS
    await sync.once()
    for (const id of OTHERS) emulator.table.update(Number(id), { status: 'READ' })
    for (let minute = 0; minute < 10; minute += 1) {
      now += MINUTE_MS
      await sync.once()
    }
    const others = await storeOf(archive).stored('octo', OTHERS)
    expect([...others.values()].map(({ message }) => message.status)).toEqual(['READ', 'READ', 'READ'])

    for (let day = 0; day < 9; day += 1) {
      now += DAY_MS
      await sync.once()
      await sync.once()
    }
    expect(await storeOf(archive).nextDue('octo')).toBeNull()
    expect((await archive.status('octo')).lastError).toBeNull()
    await sync.close()
  })
})
