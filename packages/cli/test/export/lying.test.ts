import { plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { changeLists, hideRows, passOver, sortAlways } from '../../../../test/support/lies.js'
import { parseLines, startUpstreams, type Upstreams } from '../support/upstreams.js'
import { type Finished, runWaybill } from '../support/run-waybill.js'

const COUNT = 700

/** A minute apart; a quarter of them failed. */
const ROWS = Array.from({ length: COUNT }, (_, index) =>
  plainWacrRow(index + 1, {
    status: index % 4 === 0 ? 'failed' : 'sent',
    senderId: index % 2 === 0 ? null : '14155552671',
    createdAt: Date.UTC(2026, 3, 24) + index * 60_000,
  }),
)

/** More requests than an honest list of this length costs, and few enough to end soon. */
const MOST_REQUESTS = 60

const start = (): Promise<Upstreams> => startUpstreams({ wacr: { rows: ROWS } })
const exportShop = ({ cwd }: Upstreams, ...flags: string[]): Promise<Finished> =>
  runWaybill(['export', '--source', 'shop', '--fields', 'upstreamId,status,sentAt', ...flags], { cwd })

describe('an export from a server that passes over what it is asked', () => {
  test.each(['filter[status]=failed', 'filter[status][in]=failed,read', 'filter[status][ne]=sent'])(
    'has the rows of %s only, and names the filter',
    async (clause) => {
      const upstreams = await start()
      passOver(upstreams.wacr, 'filter[')
      const { code, stdout, stderr } = await exportShop(upstreams, '--filter', clause)
      expect(code).toBe(3)
      expect(parseLines(stdout).map(({ status }) => status)).toEqual(
        Array.from({ length: COUNT / 4 }, () => 'FAILED'),
      )
      expect(stderr).toMatch(
        /^incomplete: shop: FILTER_IGNORED: The source listed \d+ messages that the filter on status excludes.*\.\n$/,
      )
      expect(upstreams.wacr.log.length).toBeLessThan(MOST_REQUESTS)
    },
  )

  test('has every message once where the sort is passed over, and names it', async () => {
    const upstreams = await start()
    sortAlways(upstreams.wacr, 'created_at')
    const { code, stdout, stderr } = await exportShop(upstreams)
    expect(code).toBe(3)
    expect(new Set(parseLines(stdout).map(({ upstreamId }) => upstreamId)).size).toBe(COUNT)
    expect(parseLines(stdout)).toHaveLength(COUNT)
    expect(stderr).toMatch(/^incomplete: shop: SORT_IGNORED: .*another order than requested/)
    expect(upstreams.wacr.log.length).toBeLessThan(MOST_REQUESTS)
  })

  test.each([
    { flags: [] },
    { flags: ['--sort', 'created_at'] },
    { flags: ['--since', '2026-04-24', '--until', '2026-04-25'] },
    { flags: ['--partial'] },
  ])('ends with an error that names the page number: $flags', async ({ flags }: { flags: string[] }) => {
    const upstreams = await start()
    passOver(upstreams.wacr, 'page')
    const { code, stderr } = await exportShop(upstreams, ...flags)
    expect(code).toBe(flags.includes('--partial') ? 3 : 1)
    expect(stderr).toMatch(
      /"shop" cannot be paged through: it lists the same messages for every value of the parameter page/,
    )
    expect(upstreams.wacr.log.length).toBeLessThan(MOST_REQUESTS)
  })

  test('ends where the page size is passed over', async () => {
    const upstreams = await start()
    passOver(upstreams.wacr, 'per_page')
    const { code, stdout, stderr } = await exportShop(upstreams)
    const ids = parseLines(stdout).map(({ upstreamId }) => upstreamId)
    expect(new Set(ids).size).toBe(ids.length)
    if (ids.length < COUNT || code !== 0)
      expect([code, stderr]).toEqual([expect.any(Number), expect.stringMatching(/per_page|incomplete: shop/)])
    expect(upstreams.wacr.log.length).toBeLessThan(2 * COUNT)
  })
})

describe('an export from a server that contradicts itself', () => {
  test('reports hidden rows once, with the greatest count', async () => {
    const upstreams = await start()
    hideRows(upstreams.wacr, (id) => id > 150 && id <= 200)
    const { code, stdout, stderr } = await exportShop(upstreams)
    expect(code).toBe(3)
    expect(parseLines(stdout)).toHaveLength(COUNT - 50)
    expect(stderr.match(/ROWS_HIDDEN/g)).toHaveLength(1)
  })

  test('reports rejected rows once, also in the summary', async () => {
    const upstreams = await start()
    changeLists(upstreams.wacr, (list) => ({
      ...list,
      data: list.data.map((item) => (Number(item['id']) % 50 === 0 ? { ...item, sent_at: null } : item)),
    }))
    const { code, stdout, stderr } = await exportShop(upstreams, '--json')
    expect(code).toBe(3)
    expect(parseLines(stdout)).toHaveLength(COUNT - COUNT / 50)
    expect(JSON.parse(stderr)).toMatchObject({
      complete: false,
      shortcomings: [
        expect.stringMatching(/^shop: ROW_REJECTED: Waybill cannot read \d+ messages of the source/),
      ],
    })
  })

  test('ends with the code of an error inside an answer of HTTP 200, without its words', async () => {
    const upstreams = await start()
    const body = { status: 'error', message: 'Token expired', data: [] }
    upstreams.wacr.faults.when(() => true, { kind: 'status', status: 200, body })
    const { code, stdout, stderr } = await exportShop(upstreams)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/refused the credentials.*\(UPSTREAM_UNAUTHORIZED\)\n$/)
    expect(stderr).not.toContain('Token expired')
  })
})

describe('an export by a field that a source does not list', () => {
  test.each(['filter[to]=14155552671', 'filter[phone]=14155552671', 'filter[from]=14155552671'])(
    'reports it, and is incomplete: %s',
    async (clause) => {
      const { code, stderr } = await exportShop(await start(), '--filter', clause)
      expect(code).toBe(3)
      expect(stderr).toMatch(
        /^incomplete: shop: FIELD_NOT_TOLD: The field (from|to) of (some or all|\d+) messages is not known, so any of them may match\./,
      )
    },
  )
})
