import { type CursorPaging, WaybillError } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectOrder } from '../check/order.js'
import { rejectionOf } from '../check/rejection.js'
import { expectSelection } from '../check/selection.js'
import { readAll, readPage } from '../read/read-all.js'
import { setStage, type Stage, type Subject } from '../read/stage.js'
import type { ConformanceRow } from '../world/row.js'

const COUNT = 7
const SIZES = [1, 2, 3, 6, 7, 8]

/** The pages of a source that has a cursor of its own. */
export function cursorCases(subject: Subject, { maxPageSize }: CursorPaging): CaseDefinition[] {
  const pages = (name: string, count: number, sizes: readonly number[], tied?: number): CaseDefinition => ({
    name: `cursor: ${name}`,
    run: async () => {
      const stage = await setStage(subject, { count, tied })
      for (const size of sizes) await expectPages(stage, Math.min(size, maxPageSize))
    },
  })
  return [
    pages('every edge', COUNT, SIZES),
    pages('an exactly full last page', 6, [1, 2, 3, 6]),
    pages('the largest size', maxPageSize + 1, [maxPageSize]),
    pages('between rows with equal times', COUNT, [1, 2, 3], 3),
    { name: 'cursor: refuses what is none', run: () => expectRefused(subject) },
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

async function expectPages(stage: Stage, size: number): Promise<void> {
  const { messages, pages } = await readAll(stage, {}, size)
  expectSelection(stage, {}, messages)
  expectOrder(stage, messages)
  expectEqual(`pages of ${size}`, pages.length, Math.max(1, Math.ceil(stage.rows.length / size)))
  for (const { cursor } of pages) expectTotal(stage, cursor?.total ?? null)
}

function expectTotal({ rows, capabilities: { totals } }: Stage, total: number | null): void {
  if (totals === 'always') expectThat('total', total !== null, 'a number, as totals: always says', total)
  if (totals === 'never') expectThat('total', total === null, 'null, as totals: never says', total)
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
