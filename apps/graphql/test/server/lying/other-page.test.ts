import { plainWacrRow, type WacrEmulatorOptions } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { changeLists, type SentList } from '../../../../../test/support/lies.js'
import { startUpstreams, type Upstreams } from '../support/upstreams.js'
import { downFrom, isComplete, readList } from './reading.js'

const ROWS = downFrom(330).map((id) => plainWacrRow(id))

async function start(settings: WacrEmulatorOptions = {}): Promise<Upstreams> {
  return await startUpstreams({ wacr: { rows: ROWS, ...settings } })
}

/** From the next request on, pages are counted from 0 and only some figures are sent. */
function countFromZero({ wacr }: Upstreams, keep: readonly string[]): void {
  wacr.onRequest((record) => {
    const searchParams = record.searchParams.map(([name, sent]) =>
      name === 'page' ? ([name, `${Number(sent) + 1}`] as const) : ([name, sent] as const),
    )
    Object.assign(record, { searchParams })
  })
  keepFigures({ wacr }, keep)
}

function keepFigures({ wacr }: Pick<Upstreams, 'wacr'>, keep: readonly string[]): void {
  changeLists(wacr, (list: SentList) => ({
    ...list,
    meta: Object.fromEntries(Object.entries(list.meta).filter(([name]) => keep.includes(name))),
  }))
}

const FIGURES: readonly (readonly [what: string, keep: readonly string[], settings: WacrEmulatorOptions])[] =
  [
    ['its number', ['current_page'], {}],
    ['its number, as text', ['current_page'], { numbersAsStrings: true }],
    ['its rows', ['from', 'to'], {}],
    ['everything', ['current_page', 'from', 'to', 'per_page', 'last_page', 'total'], {}],
  ]

test.each(FIGURES)(
  'a page that is another one than was requested, as %s says, is never called complete',
  async (_what, keep, settings) => {
    const upstreams = await start({ ...settings, links: false })
    countFromZero(upstreams, keep)
    const query = `{ messages(first: 5, filter: { source: { eq: "shop" } }) { sources { completeness warnings { code field } } } }`
    const { data } = await upstreams.ask(query, {})
    expect(data).toMatchObject({
      messages: {
        sources: expect.arrayContaining([
          {
            completeness: 'UNPROVEN',
            warnings: expect.arrayContaining([{ code: 'TOTALS_DISAGREE', field: 'page' }]) as unknown,
          },
        ]) as unknown,
      },
    })
  },
)

test.each(FIGURES)('the requested page, with %s, is complete', async (_what, keep, settings) => {
  const upstreams = await start(settings)
  keepFigures(upstreams, keep)
  const { ids, reports } = await readList(upstreams, { first: 90 })
  expect(ids).toEqual(downFrom(330))
  expect(reports.every(isComplete)).toBe(true)
})
