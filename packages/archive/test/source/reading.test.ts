import { describe, expect, it } from 'vitest'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { SOURCE, useArchive } from '../support/open.js'
import { readPage } from '../support/read-list.js'
import { thrownBy } from '../support/thrown-by.js'

const LONG = `${'äöü 😀 \0 100%_ '.repeat(70_000)}the end`

describe.each(ENGINES)('$engine: an archived source', ({ createPlace }) => {
  const fixture = useArchive(createPlace)

  function source(singles: Parameters<typeof liveProvider>[0] = []) {
    return fixture().archive.source({ id: SOURCE, provider: liveProvider(singles), maxStalenessMs: 0 })
  }

  it('keeps and searches texts of a million characters', async () => {
    await fixture().commit({ messages: [message('1', { text: LONG }), message('2', { text: 'short' })] })
    const idsFor = async (search: string) =>
      (await readPage(source(), { search })).messages.map(({ upstreamId }) => upstreamId)
    expect((await source().find?.('1'))?.text).toBe(LONG)
    expect(await idsFor('THE END')).toEqual(['1'])
    expect(await idsFor(LONG.slice(5, 200_000))).toEqual(['1'])
    expect(await idsFor(`${LONG}!`)).toEqual([])
  })

  it('takes a list of no values, and lists longer than any statement has parameters', async () => {
    await fixture().commit({ messages: [message('1', { from: '+1' }), message('2')] })
    const many = Array.from({ length: 100_000 }, (_, index) => `nobody ${index}`)
    const idsFor = async (operator: 'in' | 'notIn', values: string[]) => {
      const { messages, cursor } = await readPage(source(), { filter: [{ field: 'from', operator, values }] })
      expect(cursor?.total).toBe(messages.length)
      return messages.map(({ upstreamId }) => upstreamId)
    }
    expect(await idsFor('in', [])).toEqual([])
    expect(await idsFor('notIn', [])).toEqual(['1'])
    expect(await idsFor('in', [...many, '+1'])).toEqual(['1'])
    expect(await idsFor('notIn', many)).toEqual(['1'])
    expect(await idsFor('notIn', [...many, '+1'])).toEqual([])
  })

  it('takes a value that is named a thousand times for one', async () => {
    await fixture().commit({ messages: [message('1', { from: '+1' }), message('2', { to: '+1' })] })
    for (const field of ['to', 'phone'] as const) {
      const filter = [{ field, operator: 'in', values: Array.from({ length: 1000 }, () => '+1') }] as const
      const { messages, cursor } = await readPage(source(), { filter })
      expect(messages).toHaveLength(field === 'to' ? 1 : 2)
      expect(cursor?.total).toBe(messages.length)
    }
  })

  it('asks upstream for single messages, and has its own at hand', async () => {
    await fixture().commit({ messages: [message('1')] })
    const both = source([message('1', { status: 'READ' }), message('2')])
    expect((await both.get?.('1'))?.message?.status).toBe('READ')
    expect((await both.find?.('1'))?.status).toBe('SENT')
    expect(await both.find?.('2')).toBeNull()
    const { get: _, ...listing } = liveProvider()
    const archived = fixture().archive.source({ id: SOURCE, provider: listing, maxStalenessMs: 0 })
    expect(archived).not.toHaveProperty('get')
  })

  it('ends with the reason of its signal while the list is brought up to date', async () => {
    const controller = new AbortController()
    const reason = new Error('not wanted any more')
    const reading = fixture().archive.source({
      id: SOURCE,
      provider: liveProvider(),
      maxStalenessMs: 0,
      refresh: async () => controller.abort(reason),
    })
    const page = { kind: 'cursor', after: null, limit: 1 } as const
    const sort = { field: 'createdAt', direction: 'desc' } as const
    const request = { filter: [], search: null, sort, fields: null, page }
    expect(await thrownBy(reading.list(request, { signal: controller.signal }))).toBe(reason)
  })
})
