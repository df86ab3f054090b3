import { describe, expect, it } from 'vitest'
import { createSync, type StepCounts, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { NOON, shopRow, shopRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'

function sum(events: readonly SyncEvent[]): StepCounts {
  const steps = events.filter((event) => 'requests' in event)
  return steps.reduce(
    (all, { added, changed, deleted, requests }) => ({
      added: all.added + added,
      changed: all.changed + changed,
      deleted: all.deleted + deleted,
      requests: all.requests + requests,
    }),
    { added: 0, changed: 0, deleted: 0, requests: 0 },
  )
}

describe.each(ENGINES)('$engine: the events of a sync', ({ createPlace }) => {
  it('count everything that is written, from the first reading of the history on, and what it costs', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(700) })
    const events: SyncEvent[] = []
    const sync = createSync({ archive, sources: [source], onEvent: (event) => events.push(event) })
    await sync.once()
    expect(sum(events)).toEqual({ added: 700, changed: 0, deleted: 0, requests: emulator.log.length })
    emulator.table.insert(shopRow(701))
    emulator.table.update(3, { status: 'read', updatedAt: NOON + 2_000_000 })
    emulator.table.delete(690)
    await sync.once()
    expect(sum(events)).toEqual({ added: 701, changed: 1, deleted: 1, requests: emulator.log.length })
    await sync.close()
  })

  it('count what was asked for by id', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: [octoRow(1, NOON - 1000)] })
    const events: SyncEvent[] = []
    let now = NOON
    const onEvent = (event: SyncEvent): unknown => events.push(event)
    const sync = createSync({ archive, sources: [source], now: () => now, onEvent })
    await sync.once()
    for (const row of octoRows(100, 2, NOON + 1000)) emulator.table.insert({ ...row, status: 'READ' })
    for (const minutes of [2, 4]) {
      emulator.table.update(1, { status: 'READ' })
      now = NOON + minutes * 60_000
      await sync.once()
    }
    expect(sum(events)).toEqual({ added: 101, changed: 1, deleted: 0, requests: emulator.log.length })
    expect(events.filter(({ kind }) => kind === 'rechecked')).toMatchObject([{ asked: 1, changed: 1 }])
    await sync.close()
  })
})
