import {
  type CursorPaging,
  type ListResult,
  type PagePaging,
  WaybillError,
  type WindowPaging,
} from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectOrder, expectSelection } from '../read/selection.js'
import { rejectionOf } from '../read/rejection.js'
import { readAll, readPage } from '../read/reads.js'
import { setStage, type Stage, type Subject } from '../read/stage.js'
import type { ConformanceRow } from '../world/rows.js'

/** The window of a source that has only its newest messages. */
export function windowCases(subject: Subject, { maxItems }: WindowPaging): CaseDefinition[] {
  const newest = (name: string, count: number, limits: readonly number[]): CaseDefinition => ({
    name: `window: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count })
      const ids = stage.rows.map((row) => stage.idOf(row)).toReversed()
      for (const limit of limits) {
        const { messages } = await readPage(stage, {}, { kind: 'window', limit })
        const found = messages.map(({ upstreamId }) => upstreamId)
        expectEqual(`the newest ${limit} of ${count}`, found, ids.slice(0, limit))
      }
    },
  })
  const some = Math.min(5, maxItems)
  return [
    newest('the newest only', some, [1, some]),
    newest('larger than what is there', some - 1, [some, maxItems]),
    newest('exactly full', maxItems, [maxItems]),
    newest('more messages than the limit', maxItems + 1, [maxItems]),
  ]
}

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
      name: 'page: after the last page',
      run: async () => {
        const stage = await setStage(subject, { count: COUNT })
        const page = await readPage(stage, {}, { kind: 'page', number: 40, size: Math.min(5, maxPageSize) })
        expectEqual('the messages', page.messages, [])
      },
    },
    {
      name: 'page: total, page size and last page as declared',
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
  const { number: told = null, span = null } = page ?? {}
  if (totals === 'always')
    expectThat('total', total !== null, 'a number, as `totals: always` declares', total)
  if (totals === 'never') expectThat('total', total === null, 'null, as `totals: never` declares', total)
  if (total !== null) expectEqual('total', total, rows.length)
  // Of a page that is not full the size cannot be seen.
  if (pageSize !== null && messages.length > 0) expectEqual('pageSize', pageSize, size)
  if (told !== null && messages.length > 0) expectEqual('number', told, number)
  const start = (number - 1) * size
  if (span !== null && messages.length > 0)
    expectEqual('span', span, { from: start + 1, to: start + messages.length })
  const last = Math.ceil(rows.length / size)
  // An empty list may have one page, or none.
  if (lastPage !== null) expectEqual('lastPage', Math.max(1, lastPage), Math.max(1, last))
  if (hasNextPage !== null) expectEqual(`hasNextPage of page ${number}`, hasNextPage, number < last)
}

/** The pages of a source that has a cursor of its own. */
export function cursorCases(subject: Subject, { maxPageSize }: CursorPaging): CaseDefinition[] {
  const pages = (name: string, count: number, sizes: readonly number[], tied?: number): CaseDefinition => ({
    name: `cursor: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count, tied })
      for (const size of sizes) await expectCursorPages(stage, Math.min(size, maxPageSize))
    },
  })
  return [
    pages('every edge', COUNT, SIZES),
    pages('an exactly full last page', 6, [1, 2, 3, 6]),
    pages('the largest size', maxPageSize + 1, [maxPageSize]),
    pages('between rows with equal times', COUNT, [1, 2, 3], 3),
    { name: 'cursor: refuses a foreign cursor', run: () => expectRefused(subject) },
    { name: 'cursor: reads on from every row', run: () => expectSteady(subject, (rows) => rows) },
    {
      name: 'cursor: holds while rows arrive',
      run: () => expectSteady(subject, (rows) => [...rows, ...rows.slice(-1).map(newerThan)]),
    },
    {
      name: 'cursor: holds when its row is deleted',
      run: () => expectSteady(subject, (rows, anchor) => rows.filter((row) => row.number !== anchor)),
    },
  ]
}

async function expectCursorPages(stage: Stage, size: number): Promise<void> {
  const { messages, pages } = await readAll(stage, {}, size)
  expectSelection(stage, {}, messages)
  expectOrder(stage, messages)
  expectEqual(`pages of ${size}`, pages.length, Math.max(1, Math.ceil(stage.rows.length / size)))
  for (const { cursor } of pages) expectTotal(stage, cursor?.total ?? null)
}

function expectTotal({ rows, capabilities: { totals } }: Stage, total: number | null): void {
  if (totals === 'always')
    expectThat('total', total !== null, 'a number, as `totals: always` declares', total)
  if (totals === 'never') expectThat('total', total === null, 'null, as `totals: never` declares', total)
  if (total !== null) expectEqual('total', total, rows.length)
}

/** Nothing that could be a cursor of any source. */
const FOREIGN = ['', 'no cursor at all', '\0', '\uD83D', '[]', '{"', 'x'.repeat(10_000)]

async function expectRefused(subject: Subject): Promise<void> {
  const stage = await setStage(subject, { count: COUNT })
  for (const after of FOREIGN) {
    const what = `list after ${JSON.stringify(after.slice(0, 40))}`
    const error = await rejectionOf(what, () => readPage(stage, {}, { kind: 'cursor', after, limit: 1 }))
    const code = error instanceof WaybillError ? error.code : error
    expectThat(what, code === 'INVALID_CURSOR' || code === 'UPSTREAM_REJECTED', 'INVALID_CURSOR', code)
  }
}

/** From each row's cursor the rows behind it follow, whatever became of the others since. */
async function expectSteady(
  subject: Subject,
  change: (rows: readonly ConformanceRow[], anchor: number) => readonly ConformanceRow[],
): Promise<void> {
  const stage = await setStage(subject, { count: COUNT })
  const { messages, pages } = await readAll(stage)
  expectSelection(stage, {}, messages)
  const cursors = pages.flatMap(({ cursor }) => cursor?.cursors ?? [])
  const ids = messages.map(({ upstreamId }) => upstreamId)
  for (const [index, anchor] of messages.entries()) {
    await subject.world.reset(change(stage.rows, stage.rowOf(anchor).number))
    const following = await readPage(stage, {}, { kind: 'cursor', after: cursors[index] ?? null, limit: 1 })
    const found = following.messages.map(({ upstreamId }) => upstreamId)
    expectEqual(`what follows row ${index + 1}`, found, ids.slice(index + 1, index + 2))
  }
}

function newerThan(row: ConformanceRow): ConformanceRow {
  const later = {
    sentAt: row.sentAt + 1000,
    createdAt: row.createdAt + 1000,
    updatedAt: row.updatedAt + 1000,
  }
  return { ...row, ...later, number: row.number + 1, whatsappId: `${row.whatsappId}.newer` }
}
