import { describe, expect, it } from 'vitest'
import { type Channel, NOON, openChannel } from '../../support/channel.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { storeOf } from '../../../src/open/archive.js'

const MINUTE_MS = 60_000

describe.each(ENGINES)('$engine: a short list that is whole', ({ createPlace }) => {
  const open = async (): Promise<Channel> => openChannel((await openOwn(createPlace)).archive)
  const complete = (to: number): unknown => ({ coverage: [{ from: 0, to }], gaps: [] })

  it('has no gap after all of its messages were deleted and others came', async () => {
    const { emulator, archive, poll, send } = await open()
    send(20, NOON - 60_000)
    await poll(NOON)
    for (let id = 1; id <= 20; id += 1) emulator.table.delete(id)
    send(3, NOON + 1000)
    await poll(NOON + MINUTE_MS)
    expect(await storeOf(archive).coverage('octo')).toEqual(complete(NOON + MINUTE_MS))
    expect(await storeOf(archive).span('octo')).toMatchObject({ count: 23, deletedCount: 20 })
  })

  it('has none where old messages are kept upstream for some time only, and those are marked', async () => {
    const { emulator, archive, poll, send } = await open()
    for (let minute = 0; minute < 12; minute += 1) {
      const now = NOON + minute * MINUTE_MS
      send(10, now - 30_000)
      for (const { messageId, createdAt } of emulator.table.rows()) {
        if (createdAt < now - 3 * MINUTE_MS) emulator.table.delete(messageId)
      }
      await poll(now)
    }
    expect(await storeOf(archive).coverage('octo')).toEqual(complete(NOON + 11 * MINUTE_MS))
    expect(await storeOf(archive).span('octo')).toMatchObject({ count: 120, deletedCount: 90 })
  })

  it('is still taken for one after a request by id has failed once', async () => {
    const { emulator, archive, poll, send } = await open()
    send(20, NOON - 60_000)
    await poll(NOON)
    emulator.table.delete(1)
    const path = '/messages/1'
    emulator.faults.when((request) => request.path.endsWith(path), { kind: 'status', status: 500 }, 1)
    await poll(NOON + MINUTE_MS)
    emulator.table.delete(2)
    await poll(NOON + 2 * MINUTE_MS)
    await poll(NOON + 3 * MINUTE_MS)
    expect(await storeOf(archive).coverage('octo')).toEqual(complete(NOON + 3 * MINUTE_MS))
    expect(await storeOf(archive).span('octo')).toMatchObject({ count: 20, deletedCount: 2 })
  })

  it('has only what was listed before looked for as deleted when it is empty, which may be a mistake', async () => {
    const { emulator, archive, poll, send } = await open()
    for (const minute of [0, 1, 2]) {
      send(60, NOON + (minute - 1) * MINUTE_MS)
      await poll(NOON + minute * MINUTE_MS)
    }
    const empty = { kind: 'mutateBody', change: () => [] } as const
    emulator.faults.when(({ path }) => path.endsWith('/messages'), empty, 2)
    await poll(NOON + 3 * MINUTE_MS)
    await poll(NOON + 4 * MINUTE_MS)
    const ids = Array.from({ length: 180 }, (_, index) => String(index + 1))
    const planned = [...(await storeOf(archive).rechecks('octo', ids)).values()]
    const absent = planned.filter(({ reason }) => reason === 'absence').map(({ upstreamId }) => upstreamId)
    expect(absent.toSorted()).toEqual(ids.slice(80).toSorted())
    expect(await storeOf(archive).coverage('octo')).toEqual(complete(NOON + 2 * MINUTE_MS))
    await poll(NOON + 5 * MINUTE_MS)
    expect(await storeOf(archive).coverage('octo')).toEqual(complete(NOON + 5 * MINUTE_MS))
  })

  it('has one where it was empty, though its messages could be asked for by id, until others came', async () => {
    const { emulator, archive, poll, send } = await open()
    send(3, NOON - 60_000)
    let kept = 0
    const change = (body: unknown): unknown => (Array.isArray(body) ? body.slice(0, kept) : body)
    emulator.faults.when(() => true, { kind: 'mutateBody', change })
    for (const [minute, count] of [3, 2, 0, 0].entries()) {
      kept = count
      await poll(NOON + minute * MINUTE_MS)
    }
    const { headWarnings } = await storeOf(archive).progress('octo')
    expect(headWarnings.map(({ code }) => code)).toEqual(['ROWS_HIDDEN'])
    send(1, NOON + 5 * MINUTE_MS)
    kept = 1
    await poll(NOON + 6 * MINUTE_MS)
    const { gaps } = await storeOf(archive).coverage('octo')
    expect(gaps.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: NOON - 58_000, to: NOON + 5 * MINUTE_MS },
    ])
    expect((await storeOf(archive).progress('octo')).headWarnings).toEqual([])
  })
})
