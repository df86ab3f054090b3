import type { Message } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import type { Archive } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { readPage } from '../support/read-list.js'
import { storeOf } from '../../src/open/archive.js'

async function read(archive: Archive, id = '1'): Promise<Message | undefined> {
  return (await storeOf(archive).stored(SOURCE, [id])).get(id)?.message
}

async function historyOf(archive: Archive, id = '1'): Promise<unknown> {
  return (await archive.records(SOURCE, [id])).get(id)?.statusHistory
}

/** Where a change is to be seen: ids in the order of their last change. */
async function byChange(archive: Archive): Promise<string[]> {
  const provider = archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
  const { messages } = await readPage(provider, { sort: { field: 'updatedAt', direction: 'desc' } })
  return messages.map(({ upstreamId }) => upstreamId)
}

describe.each(ENGINES)('$engine: versions', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  it('keep every status with the time at which it was seen', async () => {
    const { archive, commit } = fixture()
    await commit({ observedAt: 10, messages: [message('1')] })
    await commit({ observedAt: 20, messages: [message('1')] })
    const delivered = message('1', { status: 'DELIVERED', rawStatus: 'delivered' })
    expect(await commit({ observedAt: 30, messages: [delivered] })).toEqual({ added: [], changed: ['1'] })
    const edited = { ...delivered, text: 'Edited' }
    expect((await commit({ observedAt: 40, messages: [edited] })).changed).toEqual(['1'])
    await commit({ observedAt: 50, messages: [{ ...edited, status: 'READ', rawStatus: 'read' }] })
    expect(await historyOf(archive)).toEqual([
      { status: 'SENT', observedAt: 10 },
      { status: 'DELIVERED', observedAt: 30 },
      { status: 'READ', observedAt: 50 },
    ])
  })

  it('are made by whatever changes but the raw original', async () => {
    const { archive, commit } = fixture()
    await commit({ observedAt: 10, messages: [message('1'), message('2')] })
    expect(
      (await commit({ observedAt: 20, messages: [message('1', { raw: { seen: true } })] })).changed,
    ).toEqual([])
    expect((await read(archive))?.raw).toEqual({ seen: true })
    expect(await byChange(archive)).toEqual(['2', '1'])
    const changes: Partial<Message>[] = [
      { isRead: true },
      { isRead: true, text: 'Edited' },
      { isRead: true, text: 'Edited', failure: { code: '470', reason: 'Too late' } },
      { isRead: true, text: 'Edited', sentAt: 5 },
      { isRead: true, text: 'Edited', sentAt: 5, type: 'IMAGE', rawType: 'image' },
      { isRead: true, text: null, sentAt: 5, type: 'IMAGE', rawType: 'image' },
    ]
    for (const [index, fields] of changes.entries()) {
      const result = await commit({ observedAt: 30 + index, messages: [message('1', fields)] })
      expect(result).toEqual({ added: [], changed: ['1'] })
      expect(await read(archive)).toEqual(message('1', fields))
      expect(await byChange(archive)).toEqual(['1', '2'])
    }
  })

  it('keep every text with the time at which another was seen in its place', async () => {
    const { archive, commit } = fixture()
    const texts = ['First', 'First', 'Second', '"text":null \0', null, 'First']
    for (const [index, text] of texts.entries())
      await commit({ observedAt: 10 * index, messages: [message('1', { text }), message('2')] })
    await commit({ observedAt: 90, messages: [message('1', { text: 'First', status: 'READ' })] })
    await commit({ observedAt: 95, deleted: ['2'] })
    const records = await archive.records(SOURCE, ['1', '2'])
    expect(records.get('1')?.textHistory).toEqual([
      { text: 'First', replacedAt: 20 },
      { text: 'Second', replacedAt: 30 },
      { text: '"text":null \0', replacedAt: 40 },
      { text: null, replacedAt: 50 },
    ])
    expect(records.get('2')?.textHistory).toEqual([])
  })

  it('never lose a direction that is known', async () => {
    const { archive, commit } = fixture()
    await commit({ messages: [message('1', { direction: 'INBOUND' })] })
    expect((await commit({ messages: [message('1', { direction: null })] })).changed).toEqual([])
    expect((await read(archive))?.direction).toBe('INBOUND')
  })

  it('are filled in from requests for single messages', async () => {
    const { archive, commit } = fixture()
    const listed = message('1', { interactionId: '7', isRead: false })
    await commit({ observedAt: 10, messages: [listed] })
    const nothingTold = {
      direction: null,
      type: null,
      rawType: null,
      text: null,
      to: null,
      interactionId: null,
      isRead: null,
      raw: { single: true },
    }
    const failure = { code: '470', reason: 'Too late' }
    const failed = message('1', { ...nothingTold, status: 'FAILED', rawStatus: 'failed', failure })
    expect((await commit({ observedAt: 20, updates: [failed] })).changed).toEqual(['1'])
    expect(await read(archive)).toEqual({ ...listed, status: 'FAILED', rawStatus: 'failed', failure })

    const silent = message('1', { ...nothingTold, status: null, rawStatus: null })
    expect((await commit({ observedAt: 30, updates: [silent] })).changed).toEqual([])

    const sent = message('1', { ...nothingTold, status: 'SENT', rawStatus: null })
    await commit({ observedAt: 40, updates: [sent] })
    expect(await read(archive)).toEqual({ ...listed, rawStatus: null })
    expect(await commit({ updates: [message('unknown')] })).toEqual({ added: [], changed: [] })
    expect(await read(archive, 'unknown')).toBeUndefined()
  })

  it('keep details, which are no change', async () => {
    const { archive, commit } = fixture()
    const detail = {
      statusMessage: 'Read\0',
      replyToId: null,
      mediaUrl: null,
      staffId: '3',
      deliveredAt: 5,
      readAt: null,
    }
    await commit({ messages: [message('1')] })
    const details = new Map([
      ['1', detail],
      ['unknown', detail],
    ])
    expect(await commit({ observedAt: 9, details })).toEqual({ added: [], changed: [] })
    expect([...(await archive.records(SOURCE, ['1', 'unknown']))]).toEqual([
      [
        '1',
        {
          statusHistory: [{ status: 'SENT', observedAt: 1 }],
          textHistory: [],
          deletedAt: null,
          detail,
          isDetailCurrent: true,
        },
      ],
    ])
  })

  it('mark what was deleted upstream, and no longer what is there again', async () => {
    const { archive, commit } = fixture()
    await commit({ observedAt: 10, messages: [message('1'), message('2')] })
    expect((await commit({ observedAt: 20, deleted: ['1', 'unknown'] })).changed).toEqual(['1'])
    expect((await commit({ observedAt: 25, deleted: ['1'] })).changed).toEqual([])
    expect((await storeOf(archive).stored(SOURCE, ['1'])).get('1')).toEqual({
      message: message('1'),
      deleted: true,
      changedAt: 20,
    })
    expect((await archive.records(SOURCE, ['1'])).get('1')).toMatchObject({
      deletedAt: 20,
      statusHistory: [{ status: 'SENT', observedAt: 10 }],
    })
    expect(await storeOf(archive).span(SOURCE)).toMatchObject({ count: 2, deletedCount: 1 })
    expect(await byChange(archive)).toEqual(['1', '2'])

    expect((await commit({ observedAt: 30, messages: [message('1')] })).changed).toEqual(['1'])
    expect((await archive.records(SOURCE, ['1'])).get('1')?.deletedAt).toBeNull()
    expect(await storeOf(archive).span(SOURCE)).toMatchObject({ count: 2, deletedCount: 0 })
  })
})
