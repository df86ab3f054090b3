import type { ListResult, PagePaging } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectOrder } from '../check/order.js'
import { expectSelection } from '../check/selection.js'
import { readAll, readPage } from '../read/read-all.js'
import { setStage, type Stage, type Subject } from '../read/stage.js'

const COUNT = 7
const SIZES = [1, 2, 3, 6, 7, 8]

/** The pages of a source that counts them. */
export function numberedPageCases(subject: Subject, { maxPageSize }: PagePaging): CaseDefinition[] {
  const pages = (name: string, count: number, sizes: readonly number[]): CaseDefinition => ({
    name: `page: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count })
      for (const size of sizes) await expectPages(stage, Math.min(size, maxPageSize))
    },
  })
  return [
    pages('every edge', COUNT, SIZES),
    pages('an exactly full last page', 6, [1, 2, 3, 6]),
    pages('the largest size', maxPageSize + 1, [maxPageSize]),
    {
      name: 'page: behind the end',
      run: async () => {
        const stage = await setStage(subject, { count: COUNT })
        const page = await readPage(stage, {}, { kind: 'page', number: 40, size: Math.min(5, maxPageSize) })
        expectEqual('the messages', page.messages, [])
      },
    },
    {
      name: 'page: total, page size and last page are told as declared',
      run: async () => {
        for (const count of [0, 1, 6, COUNT]) {
          const stage = await setStage(subject, { count })
          await expectFigures(stage, Math.min(3, maxPageSize))
        }
      },
    },
  ]
}

async function expectPages(stage: Stage, size: number): Promise<void> {
  const { messages, pages } = await readAll(stage, {}, size)
  expectSelection(stage, {}, messages)
  expectOrder(stage, messages)
  const full = Array.from({ length: Math.floor(stage.rows.length / size) }, () => size)
  const rest = stage.rows.length % size
  const lengths = [...full, ...(rest === 0 ? [] : [rest]), 0]
  expectEqual(
    `rows on each page of ${size}`,
    pages.map((page) => page.messages.length),
    lengths,
  )
}

async function expectFigures(stage: Stage, size: number): Promise<void> {
  const { pages } = await readAll(stage, {}, size)
  for (const [index, page] of pages.entries()) expectFigure(stage, page, size, index + 1)
}

function expectFigure(
  { rows, capabilities: { totals } }: Stage,
  { page, messages }: ListResult,
  size: number,
  number: number,
): void {
  const { total = null, pageSize = null, lastPage = null, hasNextPage = null } = page ?? {}
  if (totals === 'always') expectThat('total', total !== null, 'a number, as totals: always says', total)
  if (totals === 'never') expectThat('total', total === null, 'null, as totals: never says', total)
  if (total !== null) expectEqual('total', total, rows.length)
  // Of a page that is not full the size cannot be seen.
  if (pageSize !== null && messages.length > 0) expectEqual('pageSize', pageSize, size)
  const last = Math.ceil(rows.length / size)
  // An empty list may be said to have one page, or none.
  if (lastPage !== null) expectEqual('lastPage', Math.max(1, lastPage), Math.max(1, last))
  if (hasNextPage !== null) expectEqual(`hasNextPage of page ${number}`, hasNextPage, number < last)
}
