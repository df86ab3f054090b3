import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Archive, openArchive } from '../../src/index.js'
import { type Lease, LeaseLost } from '../../src/store/lease.js'
import { ENGINES, type Place } from '../support/engines.js'
import { message } from '../support/messages.js'
import { storeOf } from '../../src/open/archive.js'

const LONG_MS = 60_000
const SHORT_MS = 40

async function takeOver(archive: Archive, holder: string): Promise<Lease> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const lease = await storeOf(archive).acquire('shop', holder, LONG_MS)
    if (lease !== null) return lease
    await sleep(5)
  }
  throw new Error('The lease did not run out')
}

async function acquire(archive: Archive, holder: string, ttlMs = LONG_MS): Promise<Lease> {
  const lease = await storeOf(archive).acquire('shop', holder, ttlMs)
  if (lease === null) throw new Error('The lease is taken')
  return lease
}

// Each archive has connections of its own, as if it were opened by another process.
describe.each(ENGINES)('$engine: a lease', ({ createPlace }) => {
  let place: Place
  let archives: Archive[]
  let one: Archive
  let other: Archive

  beforeEach(async () => {
    place = await createPlace()
    archives = [await openArchive(place), await openArchive(place)]
    one = archives[0] as Archive
    other = archives[1] as Archive
  })

  afterEach(async () => {
    for (const archive of archives) await archive.close()
    await place[Symbol.asyncDispose]()
  })

  it('is held by one at a time, for each source', async () => {
    const lease = await acquire(one, 'one')
    expect(lease).toMatchObject({ source: 'shop', holder: 'one' })
    expect(await storeOf(other).acquire('shop', 'other', LONG_MS)).toBeNull()
    expect(await storeOf(one).acquire('shop', 'one', LONG_MS)).toBeNull()
    expect(await storeOf(other).acquire('octo', 'other', LONG_MS)).not.toBeNull()
  })

  it('goes to one of many who ask at once', async () => {
    const asked = Array.from({ length: 24 }, async (_, index) =>
      storeOf(index % 2 === 0 ? one : other).acquire('shop', `holder ${index}`, LONG_MS),
    )
    expect((await Promise.all(asked)).filter((lease) => lease !== null)).toHaveLength(1)
  })

  it('is free at once when it is given back, and its token never comes again', async () => {
    const lease = await acquire(one, 'one')
    await storeOf(one).release(lease)
    expect(await storeOf(one).renew(lease, LONG_MS)).toBe(false)
    const next = await acquire(other, 'one')
    expect(next.token).toBeGreaterThan(lease.token)
    await storeOf(one).release(lease)
    expect(await storeOf(other).renew(next, LONG_MS)).toBe(true)
  })

  it('goes to another when it ran out, and the former holder cannot write', async () => {
    const lease = await acquire(one, 'one', SHORT_MS)
    const next = await takeOver(other, 'other')
    expect(next.token).toBeGreaterThan(lease.token)
    expect(await storeOf(one).renew(lease, LONG_MS)).toBe(false)
    const late = storeOf(one).commit({ lease, observedAt: 1, messages: [message('1')] })
    await expect(late).rejects.toThrow(LeaseLost)
    expect((await storeOf(other).stored('shop', ['1'])).size).toBe(0)
    await storeOf(other).commit({ lease: next, observedAt: 2, messages: [message('1')] })
    expect((await storeOf(one).stored('shop', ['1'])).size).toBe(1)
  })

  it('still counts after it ran out while nobody wants it', async () => {
    const lease = await acquire(one, 'one', 0)
    await storeOf(one).commit({ lease, observedAt: 1, messages: [message('1')] })
    expect(await storeOf(one).renew(lease, LONG_MS)).toBe(true)
    expect(await storeOf(other).acquire('shop', 'other', LONG_MS)).toBeNull()
  })

  it('that was given back, or never given out, writes nothing', async () => {
    const lease = await acquire(one, 'one')
    await storeOf(one).release(lease)
    const forged = { ...lease, source: 'octo' }
    for (const each of [lease, forged, { ...lease, token: lease.token + 1 }]) {
      const commit = storeOf(one).commit({ lease: each, observedAt: 1, messages: [message('1')] })
      await expect(commit).rejects.toThrow(LeaseLost)
    }
  })

  it('lets nobody take over in the middle of a commit', async () => {
    const lease = await acquire(one, 'one', 0)
    const committed: string[] = []
    const committing = async (): Promise<void> => {
      for (let index = 0; ; index += 1) {
        await storeOf(one).commit({ lease, observedAt: 1, messages: [message(`${index}`)] })
        committed.push(`${index}`)
      }
    }
    const lost = committing().catch((error: unknown) => error)
    await sleep(SHORT_MS)
    await takeOver(other, 'other')
    const seen = (await storeOf(other).span('shop')).count
    expect(await lost).toBeInstanceOf(LeaseLost)
    expect((await storeOf(other).span('shop')).count).toBe(seen)
    expect(committed.length).toBe(seen)
  })
})
