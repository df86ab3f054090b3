import { WaybillError } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { readAll, readPage } from '../support/read-list.js'
import { thrownBy } from '../support/thrown-by.js'

const CHANGED = { field: 'updatedAt', direction: 'desc' } as const

/** A cursor's text, for whoever knows how it is written. */
function forged(...parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

describe.each(ENGINES)('$engine: a cursor of an archived list', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  function source() {
    return fixture().archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
  }

  it.each([
    ['nothing', ''],
    ['no base64', 'not a cursor!'],
    ['no JSON', Buffer.from('[1,').toString('base64url')],
    ['no list', Buffer.from('{"__proto__": 1}').toString('base64url')],
    ['too few parts', forged('createdAt', 1)],
    ['no field', forged(null, 1, '1')],
    ['no time', forged('createdAt', '1', '1')],
    ['a time beyond numbers', Buffer.from('["createdAt",1e999,"1"]').toString('base64url')],
    ['no id', forged('createdAt', 1, '')],
    ['an id that is no text', forged('createdAt', 1, { toString: '1' })],
    ['another sort', forged('updatedAt', 1, '1')],
  ])('is refused where it is none: %s', async (_name, after) => {
    await fixture().commit({ messages: [message('1')] })
    const error = await thrownBy(readPage(source(), {}, after))
    expect(error).toBeInstanceOf(WaybillError)
    expect(error).toMatchObject({ code: 'INVALID_CURSOR' })
  })

  it('holds in the other direction, and not under another sort', async () => {
    const { commit } = fixture()
    await commit({ messages: ['1', '2', '3'].map((id) => message(id, { sentAt: Number(id) })) })
    const { cursor } = await readPage(source(), {}, null, 2)
    const after = cursor?.cursors[1] ?? null
    const ascending = { sort: { field: 'createdAt', direction: 'asc' } } as const
    expect((await readPage(source(), ascending, after)).messages.map(({ upstreamId }) => upstreamId)).toEqual(
      ['3'],
    )
    await expect(readPage(source(), { sort: CHANGED }, after)).rejects.toThrow('for this sort')
  })

  it('finds its place whatever its id holds, and wherever rows arrive meanwhile', async () => {
    const { commit } = fixture()
    const ids = [
      '007',
      '7',
      '10',
      '-1',
      'é',
      '\0',
      '\uD83D',
      '😀',
      '~',
      '9'.repeat(40),
      '9'.repeat(41),
      ' ',
      "'--",
    ]
    await commit({ messages: ids.map((id) => message(id, { sentAt: 5 })) })
    let arrived = 0
    const read = await readAll(source(), {}, 1, async () => {
      arrived += 1
      await commit({ messages: [message(`late ${arrived}`, { sentAt: 6 })] })
    })
    const found = read.map(({ upstreamId }) => upstreamId)
    expect(found.toSorted()).toEqual(ids.toSorted())
    expect(arrived).toBe(ids.length)
  })
})
