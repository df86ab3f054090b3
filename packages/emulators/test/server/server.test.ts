import { describe, expect, test } from 'vitest'
import { startOctopodsEmulator, startWacrEmulator } from '../../src/index.js'
import { closeAfterEach, get, getWacr } from '../support/get.js'
import { wacrRows } from '../support/rows.js'

const started = closeAfterEach()

describe('the log', () => {
  test('has every request with what was asked, and no secret', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(1) }))
    const query = '?filter%5Bstatus%5D%5Bin%5D=sent,read&page=1&page=2&q=a+b%26'
    await getWacr(wacr, `/messages${query}`)
    await get(`${wacr.url}/messages/9`)
    expect(wacr.log).toMatchObject([
      {
        method: 'GET',
        path: '/api/v2/messages',
        url: `/api/v2/messages${query}`,
        searchParams: [
          ['filter[status][in]', 'sent,read'],
          ['page', '1'],
          ['page', '2'],
          ['q', 'a b&'],
        ],
        params: { 'filter[status][in]': 'sent,read', page: '2', q: 'a b&' },
        authorization: { presented: true, valid: true },
        time: expect.any(Number),
        status: 200,
        fault: null,
      },
      { path: '/api/v2/messages/9', authorization: { presented: false, valid: false }, status: 401 },
    ])
    expect(JSON.stringify(wacr.log)).not.toContain('s3cret')
    wacr.log.length = 0
    await getWacr(wacr, '/messages')
    expect(wacr.log).toHaveLength(1)
  })
})

describe('a server', () => {
  test('has the base URL of the documentation', async () => {
    expect((await started(startWacrEmulator())).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/)
    expect((await started(startOctopodsEmulator())).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/)
  })

  test('rejects when its port is taken', async () => {
    const first = await started(startWacrEmulator())
    const port = Number(new URL(first.url).port)
    await expect(startOctopodsEmulator({ port })).rejects.toThrow('EADDRINUSE')
  })

  test('can be closed twice, and answers no more', async () => {
    const wacr = await startWacrEmulator()
    await wacr.close()
    await wacr.close()
    await expect(getWacr(wacr, '/messages')).rejects.toThrow('fetch failed')
  })

  test('takes as long as the settings demand, for each request on its own', async () => {
    const wacr = await started(startWacrEmulator({ rows: wacrRows(1) }))
    const asked: string[] = []
    wacr.settings.latencyMs = (record) => {
      asked.push(record.path)
      return 10
    }
    const before = performance.now()
    await getWacr(wacr, '/messages/1')
    expect(performance.now() - before).toBeGreaterThan(8)
    expect(asked).toStrictEqual(['/api/v2/messages/1'])
  })
})
