import { plainOctopodsRow, plainWacrRow, type WacrEmulatorOptions } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { changeLists, passOver, resizePages } from '../../../../../test/support/lies.js'
import { startUpstreams } from '../support/upstreams.js'
import { downFrom, readList } from './reading.js'

const ROWS = downFrom(300).map((id) => plainWacrRow(id))

/** The longest wait that is believed unless the configuration says otherwise, in seconds. */
const LONGEST_WAIT = 900

describe('a wait that nobody can mean', () => {
  test.each([
    ['an epoch', '1777034096'],
    ['an epoch in milliseconds', '1777034096000'],
    ['a number beyond all bounds', '9'.repeat(40)],
    ['a date far ahead', 'Fri, 31 Dec 2199 23:59:59 GMT'],
    ['an hour', '3600'],
  ])('is not believed, and the source is asked again: %s', async (_what, value) => {
    const upstreams = await startUpstreams({
      octopods: { rows: [plainOctopodsRow(1)] },
      wacr: { rows: [plainWacrRow(1)] },
    })
    for (const source of ['octo', 'shop'] as const) {
      const { faults } = source === 'octo' ? upstreams.octopods : upstreams.wacr
      faults.next({ kind: 'status', status: 429, headers: { 'retry-after': value } })
      const { errors } = await readList(upstreams, { source })
      expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', source })
      expect(Number(errors[0]?.extensions['retryAfterSeconds'] ?? 0)).toBeLessThanOrEqual(LONGEST_WAIT)
      expect((await readList(upstreams, { source })).ids).toEqual([1])
    }
  })
})

const ENVELOPES: readonly WacrEmulatorOptions[] = [
  {},
  { totals: false },
  { totals: false, links: false, reportPerPage: false },
  { envelope: 'array' },
  { envelope: 'root', numbersAsStrings: true },
]

/** Ways of making pages of another size. */
const SIZES: readonly (readonly [what: string, resize: (asked: number) => number])[] = [
  ['always 15', () => 15],
  ['always 100', () => 100],
  ['the next ten', (asked) => 10 * Math.ceil(asked / 10)],
  ['at least 25', (asked) => Math.max(25, asked)],
]

describe.each(SIZES)('a server whose pages are of another size, %s,', (_what, resize) => {
  test.each(ENVELOPES)('is read to the end, or the parameter is named: %j', async (settings) => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS, ...settings } })
    resizePages(upstreams.wacr, resize)
    for (const reading of [{ first: 500 }, { first: 90 }, { sort: { direction: 'ASC' } }]) {
      upstreams.wacr.log.length = 0
      const { errors, ids, reports } = await readList(upstreams, reading)
      expect(new Set(ids).size).toBe(ids.length)
      if (errors.length > 0) expect(errors[0]?.message).toMatch(/\bparameter per_page\b/)
      else if (ids.length < 300) expect(reports.map(({ completeness }) => completeness)).toContain('UNPROVEN')
      expect(upstreams.wacr.log.length).toBeLessThan(900)
    }
  })
})

describe('a list that repeats rows', () => {
  test('at the top of every page ends', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS } })
    const [pinned] = ROWS
    changeLists(upstreams.wacr, (list, { params }) => {
      if (params['page'] === '1' || pinned === undefined) return list
      const sent_at = new Date(pinned.createdAt).toISOString()
      return { ...list, data: [{ ...list.data[0], id: pinned.id, sent_at }, ...list.data] }
    })
    const { ids, reports, errors } = await readList(upstreams, { first: 90 })
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(150)
    if (errors.length > 0)
      expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
    else expect(reports.map(({ completeness }) => completeness)).toContain('UNPROVEN')
    expect(upstreams.wacr.log.length).toBeLessThan(100)
  })

  test('each of them side by side ends', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS } })
    changeLists(upstreams.wacr, (list) => ({ ...list, data: list.data.flatMap((item) => [item, item]) }))
    const { ids, reports, errors } = await readList(upstreams, { first: 90 })
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(150)
    if (errors.length > 0)
      expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
    else expect(reports.map(({ completeness }) => completeness)).toContain('UNPROVEN')
    expect(upstreams.wacr.log.length).toBeLessThan(100)
  })
})

describe('a page number that the server passes over', () => {
  test.each(ENVELOPES)('ends with an error that names the parameter: %j', async (settings) => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS, ...settings } })
    passOver(upstreams.wacr, 'page')
    for (const reading of [
      { first: 500 },
      { first: 60 },
      { sort: { direction: 'ASC' } },
      { select: 'direction' },
    ]) {
      upstreams.wacr.log.length = 0
      const { errors, ids } = await readList(upstreams, reading)
      expect(errors[0]?.extensions).toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'shop' })
      expect(errors[0]?.message).toMatch(/\bparameter page\b/)
      expect(new Set(ids).size).toBe(ids.length)
      expect(upstreams.wacr.log.length).toBeLessThan(40)
    }
  })

  test('ends a search for a range of time as well', async () => {
    const rows = downFrom(3000).map((id) =>
      plainWacrRow(id, { createdAt: Date.UTC(2026, 0, 1) + id * 600_000 }),
    )
    const upstreams = await startUpstreams({ wacr: { rows } })
    passOver(upstreams.wacr, 'page')
    const filter = { source: { eq: 'shop' }, sentAt: { lt: '2026-01-03T00:00:00Z' } }
    const { errors } = await readList(upstreams, { filter })
    expect(errors[0]?.message).toMatch(/\bparameter page\b/)
    expect(upstreams.wacr.log.length).toBeLessThan(40)
  })

  test('does no harm where there is one page only', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS.slice(0, 40) } })
    passOver(upstreams.wacr, 'page')
    const { ids, reports } = await readList(upstreams, { first: 500 })
    expect(ids).toEqual(downFrom(300, 261))
    expect(reports[0]?.completeness).toBe('COMPLETE')
  })
})

test('a server that repeats its last page for every further one is read once', async () => {
  const upstreams = await startUpstreams({ wacr: { rows: ROWS, totals: false, links: false } })
  const { table } = upstreams.wacr
  changeLists(upstreams.wacr, (list, { params }) => {
    if (list.data.length > 0) return { data: list.data }
    const perPage = Number(params['per_page'])
    const last = table.page({ page: Math.ceil(300 / perPage), perPage })
    return { data: last.map(({ id, createdAt }) => ({ id, sent_at: new Date(createdAt).toISOString() })) }
  })
  const { ids, errors } = await readList(upstreams)
  expect(errors).toEqual([])
  expect(ids).toEqual(downFrom(300))
  expect(upstreams.wacr.log.length).toBeLessThan(40)
})

test('a server that always claims that more follows is read to its real end', async () => {
  const upstreams = await startUpstreams({ wacr: { rows: ROWS, totals: false, links: false } })
  changeLists(upstreams.wacr, ({ data }) => ({ data, has_more: true }))
  const { ids, reports, codes } = await readList(upstreams, { first: 90 })
  expect(ids).toEqual(downFrom(300))
  expect(codes).toContain('ROWS_HIDDEN')
  expect(reports.at(-1)?.completeness).toBe('UNPROVEN')
  expect(upstreams.wacr.log.length).toBeLessThan(40)
})
