import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { SOURCE, useArchive } from '../support/open.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: what is asked for by id', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('is found by id, due or not, until it is settled', async () => {
    const { archive, commit } = fixture()
    const planned = [
      { upstreamId: '12', reason: 'final', dueAt: 5, attempts: 0 },
      { upstreamId: 'x', reason: 'absence', dueAt: 9, attempts: 3 },
    ] as const
    await commit({ rechecks: planned })
    const found = await storeOf(archive).rechecks(SOURCE, ['x', '12', '13', 'x'])
    expect(found).toEqual(new Map(planned.map((recheck) => [recheck.upstreamId, recheck])))
    expect(await storeOf(archive).rechecks('another', ['x'])).toEqual(new Map())
    await commit({ settled: ['x'] })
    expect([...(await storeOf(archive).rechecks(SOURCE, ['x', '12'])).keys()]).toEqual(['12'])
  })
})
