import { plainWacrRow, type WacrEmulatorOptions } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { changeLists, hideRows, type SentList } from '../../../../../test/support/lies.js'
import { startUpstreams, type Upstreams } from '../support/upstreams.js'
import { downFrom, readList } from './reading.js'

const ROWS = downFrom(300).map((id) => plainWacrRow(id))

/** Which of the figures that may stand beside a list are sent. */
const FIGURES: readonly (readonly [what: string, settings: WacrEmulatorOptions, keep: readonly string[]])[] =
  [
    ['all figures', {}, ['total', 'last_page', 'per_page', 'current_page']],
    ['all figures, as text', { numbersAsStrings: true }, ['total', 'last_page', 'per_page', 'current_page']],
    ['total alone', { links: false }, ['total']],
    ['last_page alone', { links: false }, ['last_page']],
    ['last_page and per_page', { links: false }, ['last_page', 'per_page']],
  ]

const HIDDEN: readonly (readonly [what: string, isHidden: (id: number) => boolean])[] = [
  ['50 rows of page 2', (id) => id > 100 && id <= 150],
  ['page 2', (id) => id > 100 && id <= 200],
  ['page 1', (id) => id > 200],
  ['the last page', (id) => id <= 100],
  ['every third row', (id) => id % 3 === 0],
]

async function startHiding(
  settings: WacrEmulatorOptions,
  keep: readonly string[],
  isHidden: (id: number) => boolean,
): Promise<Upstreams> {
  const upstreams = await startUpstreams({ wacr: { rows: ROWS, ...settings } })
  changeLists(upstreams.wacr, (list) => ({
    ...list,
    data: list.data.filter(({ id }) => !isHidden(Number(id))),
    meta: Object.fromEntries(Object.entries(list.meta).filter(([name]) => keep.includes(name))),
  }))
  return upstreams
}

describe.each(HIDDEN)('a server that hides %s', (_what, isHidden) => {
  const visible = downFrom(300).filter((id) => !isHidden(id))

  test.each(FIGURES)(
    'and tells %s is not called complete, and all else comes',
    async (_figures, settings, keep) => {
      const upstreams = await startHiding(settings, keep, isHidden)
      for (const first of [500, 90]) {
        upstreams.wacr.log.length = 0
        const { ids, reports, codes, errors } = await readList(upstreams, { first })
        expect(errors).toEqual([])
        expect(ids).toEqual(visible)
        expect(codes).toContain('ROWS_HIDDEN')
        expect(reports.map(({ completeness }) => completeness)).toContain('UNPROVEN')
        expect(upstreams.wacr.log.length).toBeLessThan(40)
      }
    },
  )

  test('is found out in ascending order as well', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS } })
    hideRows(upstreams.wacr, isHidden)
    const { ids, codes, reports } = await readList(upstreams, { sort: { direction: 'ASC' } })
    expect(ids).toEqual(visible.toReversed())
    expect(codes).toContain('ROWS_HIDDEN')
    expect(reports.at(-1)?.completeness).toBe('UNPROVEN')
  })
})

type Beside = (list: SentList, hasMore: boolean) => unknown

/** What tells that another page follows, where nothing is counted. */
const MARKS: readonly (readonly [what: string, beside: Beside])[] = [
  [
    'next_page_url',
    ({ data }, more) => ({ data, current_page: 1, next_page_url: more ? 'https://x.example/?page=2' : null }),
  ],
  ['links.next', ({ data }, more) => ({ data, links: { next: more ? '/messages?page=2' : null } })],
  ['has_more', ({ data }, more) => ({ data, has_more: more })],
  ['meta.has_more', ({ data }, more) => ({ data, meta: { has_more: more } })],
]

test.each(MARKS)('a page that is empty though %s says that more follows is no end', async (_what, beside) => {
  const upstreams = await startUpstreams({ wacr: { rows: ROWS, totals: false, links: false } })
  changeLists(upstreams.wacr, (list, { params }) => {
    const hasMore = Number(params['page']) * Number(params['per_page']) < 300
    return beside(
      { ...list, data: list.data.filter(({ id }) => Number(id) <= 100 || Number(id) > 200) },
      hasMore,
    )
  })
  const { ids, reports, codes } = await readList(upstreams)
  expect(ids).toEqual([...downFrom(300, 201), ...downFrom(100)])
  expect(codes).toContain('ROWS_HIDDEN')
  expect(reports.at(-1)?.completeness).toBe('UNPROVEN')
})

test('figures that agree with the rows cause no warning', async () => {
  for (const settings of [{}, { totals: false }, { links: false, reportPerPage: false }]) {
    const upstreams = await startUpstreams({ wacr: { rows: ROWS, ...settings } })
    const { ids, reports, warnings } = await readList(upstreams, { first: 90 })
    expect(ids).toEqual(downFrom(300))
    expect(warnings).toEqual([])
    expect(reports.at(-1)?.completeness).toBe('COMPLETE')
  }
})
