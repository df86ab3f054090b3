import { createEngine } from '@waybill/engine'
import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'

const HOUR = 3_600_000

describe.each(ENGINES)('$engine: what an archived source reports as missing', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  function source() {
    return fixture().archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: HOUR })
  }

  it('is everything until now, where nothing is stored', async () => {
    const before = Date.now()
    const { reachesBackTo, gaps } = (await source().history?.()) ?? { gaps: [] }
    expect(reachesBackTo).toBeGreaterThanOrEqual(before)
    expect(gaps).toEqual([])
  })

  it('is nothing, where the history is covered from its beginning and up to date', async () => {
    const now = Date.now()
    await fixture().commit({ coverage: [{ from: 0, to: now }], progress: { lastSyncedAt: now } })
    expect(await source().history?.()).toEqual({ reachesBackTo: null, gaps: [] })
  })

  it('is what lies before the coverage, between its parts, and in gaps, each time once', async () => {
    const now = Date.now()
    await fixture().commit({
      coverage: [
        { from: 1000, to: 2000 },
        { from: 3000, to: 5000 },
        { from: 4000, to: now },
      ],
      gaps: [
        { from: 500, to: 1500, observedAt: now },
        { from: 1900, to: 2100, observedAt: now },
        { from: 4500, to: 4500, observedAt: now },
      ],
      progress: { lastSyncedAt: now },
    })
    expect(await source().history?.()).toEqual({
      reachesBackTo: 1000,
      gaps: [
        { from: 1000, to: 1500 },
        { from: 1900, to: 2999 },
        { from: 4500, to: 4500 },
      ],
    })
  })

  it('is the time since the last sync, once that is late', async () => {
    const now = Date.now()
    const coveredTo = now - 5 * HOUR
    const commit = (lastSyncedAt: number, pollIntervalMs: number) =>
      fixture().commit({ coverage: [{ from: 0, to: coveredTo }], progress: { lastSyncedAt, pollIntervalMs } })
    await commit(now - 2 * HOUR, 3 * HOUR)
    expect((await source().history?.())?.gaps).toEqual([])
    await commit(now - 2 * HOUR, HOUR / 2)
    const [gap] = (await source().history?.())?.gaps ?? []
    expect(gap?.from).toBe(coveredTo)
    expect(gap?.to).toBeGreaterThanOrEqual(now)
  })

  it('reaches the report, cut to what was asked for', async () => {
    const now = Date.now()
    await fixture().commit({
      messages: [message('1', { sentAt: 2500 })],
      coverage: [{ from: 1000, to: now }],
      gaps: [{ from: 2000, to: 3000, observedAt: now }],
      progress: { lastSyncedAt: now },
    })
    const engine = createEngine({ sources: [{ id: SOURCE, provider: source() }] })
    const reportFor = async (from: number, to: number) => {
      const filter = [
        { field: 'sentAt', operator: 'gte', value: from },
        { field: 'sentAt', operator: 'lte', value: to },
      ] as const
      return (await engine.messages({ filter })).reports[0]
    }
    expect(await reportFor(2600, 9000)).toMatchObject({
      completeness: 'HAS_GAPS',
      gaps: [{ from: 2600, to: 3000 }],
    })
    expect(await reportFor(3001, 9000)).toMatchObject({ completeness: 'COMPLETE', gaps: [] })
    expect(await reportFor(0, 1500)).toMatchObject({ completeness: 'WINDOW_LIMITED', reachesBackTo: 1000 })
  })

  it('comes with what was wrong when it was last read, each once, with rows that cannot be read, and with being late', async () => {
    const now = Date.now()
    const loss = { code: 'TIES_UNPROVEN', message: 'Rows may be missing.', field: null, count: null } as const
    const ignored = {
      code: 'DIRECTION_IGNORED',
      message: 'It is not known.',
      field: 'direction',
      count: null,
    } as const
    const warnings = async (): Promise<unknown> =>
      (await source().history?.())?.warnings?.map(({ code, count }) => [code, count])
    const commit = fixture().commit
    await commit({ coverage: [{ from: 0, to: now }], progress: { lastSyncedAt: now } })
    expect(await warnings()).toBeUndefined()
    await commit({ progress: { headWarnings: [loss], reconcileWarnings: [loss, ignored] } })
    expect(await warnings()).toEqual([
      ['TIES_UNPROVEN', null],
      ['DIRECTION_IGNORED', null],
    ])
    const rejected = [1, 2].map((id) => ({
      position: id,
      upstreamId: String(id),
      reason: 'No time.',
      raw: { id },
    }))
    await commit({ progress: { headWarnings: [], reconcileWarnings: [ignored] }, rejected })
    expect(await warnings()).toEqual([
      ['DIRECTION_IGNORED', null],
      ['ROW_REJECTED', 2],
    ])
    await commit({ progress: { lastSyncedAt: now - 2 * HOUR, reconcileWarnings: [] } })
    expect(await warnings()).toEqual([
      ['ROW_REJECTED', 2],
      ['ARCHIVE_LATE', null],
    ])
  })
})
