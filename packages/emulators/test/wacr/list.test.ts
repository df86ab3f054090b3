import { describe, expect, test } from 'vitest'
import { startWacrEmulator, type WacrEmulator } from '../../src/index.js'
import { closeAfterEach, getWacr } from '../support/get.js'
import { wacrRow, wacrRows } from '../support/rows.js'

const started = closeAfterEach()

async function ids(wacr: WacrEmulator, query: string): Promise<number[]> {
  wacr.settings.envelope = 'array'
  const { json } = await getWacr(wacr, `/messages${query}`)
  return (json as { id: number }[]).map((item) => item.id)
}

const ROW = wacrRow(41, {
  timeSent: Date.UTC(2026, 3, 24, 12, 34, 50),
  createdAt: Date.UTC(2026, 3, 24, 12, 34, 56),
  type: 'template',
  message: '<b>50% off</b>',
  status: 'failed',
  statusMessage: '131047: too late',
  refMessageId: 'wamid.ref',
  url: 'https://media.example/1.jpg',
  staffId: 3,
})
const LISTED = {
  id: 41,
  interaction_id: 12,
  sender_id: '+12125550147',
  type: 'template',
  message: '<b>50% off</b>',
  status: 'failed',
  message_id: 'wamid.41',
  sent_at: '2026-04-24T12:34:50.000000Z',
  is_read: false,
}

describe('an item', () => {
  test('of the list has exactly the documented fields: neither direction nor the times sorted by', async () => {
    const wacr = await started(startWacrEmulator({ rows: [ROW], envelope: 'array' }))
    expect((await getWacr(wacr, '/messages')).json).toStrictEqual([LISTED])
  })

  test('asked for alone has four more', async () => {
    const wacr = await started(startWacrEmulator({ rows: [ROW] }))
    const item = {
      ...LISTED,
      status_message: '131047: too late',
      ref_message_id: 'wamid.ref',
      url: 'https://media.example/1.jpg',
      staff_id: 3,
    }
    expect((await getWacr(wacr, '/messages/41')).json).toStrictEqual({ data: item })
    wacr.settings.detailEnvelope = 'bare'
    expect((await getWacr(wacr, '/messages/41')).json).toStrictEqual(item)
  })

  test.each([
    ['seconds', '2026-04-24T12:34:56Z'],
    ['microseconds', '2026-04-24T12:34:56.000000Z'],
    ['offset', '2026-04-24T12:34:56+00:00'],
  ] as const)(
    'shows its time in %s, and createdAt where timeSent is null',
    async (timestampFormat, sent_at) => {
      const rows = [wacrRow(1, { createdAt: ROW.createdAt })]
      const wacr = await started(startWacrEmulator({ rows, timestampFormat, envelope: 'array' }))
      expect((await getWacr(wacr, '/messages')).json).toMatchObject([{ sent_at }])
    },
  )

  test('shows undocumented fields, and numbers as text, when set to', async () => {
    const rows = [wacrRow(1, { interactionId: null, extra: { priority: 2 } })]
    const wacr = await started(startWacrEmulator({ rows, numbersAsStrings: true, envelope: 'root' }))
    expect((await getWacr(wacr, '/messages')).json).toMatchObject({
      current_page: '1',
      per_page: '15',
      total: '1',
      data: [{ id: '1', interaction_id: null, is_read: false, priority: '2' }],
    })
  })

  test('has only the fields that are asked for, all when none of them is known', async () => {
    const wacr = await started(startWacrEmulator({ rows: [ROW], envelope: 'array' }))
    expect((await getWacr(wacr, '/messages?fields=id,sent_at,direction')).json).toStrictEqual([
      { id: 41, sent_at: LISTED.sent_at },
    ])
    expect((await getWacr(wacr, '/messages?fields=created_at')).json).toStrictEqual([LISTED])
  })
})

describe('a page', () => {
  test.each([
    ['', 15, 1],
    ['?per_page=4&page=3', 4, 3],
    ['?per_page=1000', 100, 1],
    ['?per_page=0&page=-2', 15, 1],
    ['?per_page=x&page=y', 15, 1],
  ])('of %j has the size %i and the number %i', async (query, size, page) => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(150) }))
    const first = 150 - (page - 1) * size
    expect(await ids(wacr, query)).toStrictEqual(
      Array.from({ length: size }, (_, position) => first - position),
    )
  })

  test('is lowered by the server, which counts its pages accordingly', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(50), maxPerPage: 7 }))
    expect((await getWacr(wacr, '/messages?per_page=40')).json).toMatchObject({
      meta: { per_page: 7, last_page: 8, total: 50 },
    })
    expect(await ids(wacr, '?per_page=40&page=8')).toStrictEqual([1])
  })

  test('after the last is empty', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(5) }))
    expect(await ids(wacr, '?page=2')).toStrictEqual([])
  })
})

describe('a query', () => {
  const rows = [
    wacrRow(1, { status: 'sent', type: 'text', direction: 'inbound', interactionId: 7, updatedAt: 9e12 }),
    wacrRow(2, { status: 'failed', type: null, message: 'Hello, 50% off' }),
    wacrRow(3, { status: null, type: 'image', message: null }),
    wacrRow(4, { status: 'read', type: 'text', message: 'HELLO there' }),
  ]

  test.each([
    ['filter[status]=sent', [1]],
    ['filter[status]=SENT', []],
    ['filter[status][ne]=sent', [4, 2]],
    ['filter[status][in]=sent,read', [4, 1]],
    ['filter[status][not_in]=sent,read', [2]],
    ['filter[type][ne]=image', [4, 1]],
    ['filter[direction]=inbound', [1]],
    ['filter[interaction_id][in]=7,8', [1]],
    ['filter%5Bstatus%5D%5Bin%5D=sent%2Cread', [4, 1]],
    ['filter[status]=sent&filter[status]=read', [4]],
    ['filter[status][in]=sent,read&filter[direction]=outbound', [4]],
    ['search=hello', [4, 2]],
    ['q=50%25', [2]],
    ['sort=created_at', [1, 2, 3, 4]],
    ['sort=-updated_at', [1, 4, 3, 2]],
    ['sort=updated_at', [2, 3, 4, 1]],
  ])('%s selects %j', async (query, expected) => {
    const wacr = await started(startWacrEmulator({ rows }))
    expect(await ids(wacr, `?${query}`)).toStrictEqual(expected)
    expect(wacr.log[0]?.ignored).toStrictEqual([])
  })

  test.each([
    ['sort=id', 'sort=id'],
    ['order=asc', 'order=asc'],
    ['filter[status][like]=s', 'filter[status][like]=s'],
    ['filter[status][eq]=sent', 'filter[status][eq]=sent'],
    ['filter[created_at][gte]=2026', 'filter[created_at][gte]=2026'],
    ['filter=status', 'filter=status'],
    ['filter[status][in][]=sent', 'filter[status][in][0]=sent'],
  ])('passes over %s as Laravel would, and logs it', async (query, ignored) => {
    const wacr = await started(startWacrEmulator({ rows }))
    expect(await ids(wacr, `?${query}`)).toStrictEqual([4, 3, 2, 1])
    expect(wacr.log[0]?.ignored).toStrictEqual([ignored])
  })

  test('loses white space at its ends, and empty parameters, where the middleware trims', async () => {
    const wacr = await started(startWacrEmulator({ rows }))
    const query = '?search=hello%20&filter[type]=+&sort='
    expect(await ids(wacr, query)).toStrictEqual([])
    wacr.settings.trimInput = true
    expect(await ids(wacr, query)).toStrictEqual([4, 2])
    expect(wacr.log[1]?.params).toMatchObject({ search: 'hello ', sort: '' })
  })
})
