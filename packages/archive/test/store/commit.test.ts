import { describe, expect, it } from 'vitest'
import type { SyncError } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: a commit', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('keeps messages whole, whatever their texts hold', async () => {
    const odd = '\0 lone \uD800 and \uDFFF, pair 😀, private \uF800\uF840, %_\\'
    const told = message('a\0\uD83D', {
      text: odd,
      from: odd,
      to: '\0',
      interactionId: '\uDE00',
      failure: { code: odd, reason: odd },
      raw: { nested: [odd, null, { n: 1.5 }] },
    })
    const { archive, commit } = fixture()
    expect(await commit({ messages: [told] })).toEqual({ added: [told.upstreamId], changed: [] })
    const stored = await storeOf(archive).stored(SOURCE, [told.upstreamId, 'another'])
    expect([...stored]).toEqual([[told.upstreamId, { message: told, deleted: false, changedAt: 1 }]])
  })

  it('takes thousands of messages at once, and an id that comes twice once', async () => {
    const { archive, commit } = fixture()
    const messages = Array.from({ length: 2300 }, (_, index) => message(`${index}`))
    const { added } = await commit({ messages: [...messages, message('7', { text: 'The later one' })] })
    expect(added.toSorted()).toEqual(messages.map(({ upstreamId }) => upstreamId).toSorted())
    expect((await storeOf(archive).stored(SOURCE, ['7'])).get('7')?.message.text).toBe('The later one')
    expect(await storeOf(archive).span(SOURCE)).toMatchObject({ count: 2300 })
  })

  it('keeps sources apart', async () => {
    const { archive, commit } = fixture()
    await commit({ messages: [message('1', { text: 'of the shop' })] })
    const lease = await storeOf(archive).acquire('octo', 'fixture', 60_000)
    if (lease === null) throw new Error('The lease is taken')
    await storeOf(archive).commit({ lease, observedAt: 1, messages: [message('1', { text: 'of octo' })] })
    expect((await storeOf(archive).stored(SOURCE, ['1'])).get('1')?.message.text).toBe('of the shop')
    expect((await storeOf(archive).stored('octo', ['1'])).get('1')?.message.text).toBe('of octo')
  })

  it('writes all of a batch or nothing', async () => {
    const { archive, commit } = fixture()
    await commit({ messages: [message('1')], coverage: [{ from: 10, to: 20 }] })
    const circular: Record<string, unknown> = { code: 'UPSTREAM_TIMEOUT' }
    circular['itself'] = circular
    const failing = commit({
      observedAt: 2,
      messages: [message('1', { status: 'READ' }), message('2')],
      coverage: [{ from: 20, to: 30 }],
      gaps: [{ from: 30, to: 40, observedAt: 2 }],
      checkpoints: { head: 'x' },
      rechecks: [{ upstreamId: '1', reason: 'final', dueAt: 5, attempts: 0 }],
      // What cannot be written, after all the rest was.
      progress: { lastError: circular as unknown as SyncError },
    })
    await expect(failing).rejects.toThrow(TypeError)
    const store = storeOf(archive)
    expect([...(await store.stored(SOURCE, ['1', '2'])).keys()]).toEqual(['1'])
    expect((await store.stored(SOURCE, ['1'])).get('1')?.message.status).toBe('SENT')
    expect(await store.coverage(SOURCE)).toEqual({ coverage: [{ from: 10, to: 20 }], gaps: [] })
    expect(await store.checkpoint(SOURCE, 'head')).toBeNull()
    expect(await store.nextDue(SOURCE)).toBeNull()
    expect((await archive.records(SOURCE, ['1'])).get('1')?.statusHistory).toHaveLength(1)
    expect(await store.span(SOURCE)).toMatchObject({ count: 1 })
  })

  it('refuses a message that could not be found again', async () => {
    const { archive, commit } = fixture()
    await expect(commit({ messages: [message('')] })).rejects.toThrow(TypeError)
    await expect(commit({ messages: [message('1', { sentAt: Number.NaN })] })).rejects.toThrow(TypeError)
    expect(await storeOf(archive).span(SOURCE)).toMatchObject({ count: 0 })
  })
})
