import type { ListResult, Message, MessageProvider, RejectedRow } from '@waybill/core'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { memoryProvider } from '../support/memory-provider.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'

const MINUTE_MS = 60_000

/** A source of which some rows cannot be read, with or without their ids. */
function spoiled(count: number, isSpoiled: (id: number) => boolean, tellsId: boolean): MessageProvider {
  const rows = Array.from({ length: count }, (_, index) => ({
    upstreamId: String(index),
    sentAt: index * MINUTE_MS,
  }))
  const { provider } = memoryProvider(rows)
  const reject = ({ upstreamId }: Message, position: number): RejectedRow => ({
    position,
    upstreamId: tellsId ? upstreamId : null,
    reason: `data[${position}].sent_at: expected a time`,
    raw: {},
  })
  return {
    ...provider,
    list: async (request, call): Promise<ListResult> => {
      const result = await provider.list(request, call)
      const bad = result.messages.map(({ upstreamId }) => isSpoiled(Number(upstreamId)))
      return {
        ...result,
        messages: result.messages.filter((_, index) => bad[index] !== true),
        rejected: result.messages.flatMap((each, index) =>
          bad[index] === true ? [reject(each, index)] : [],
        ),
      }
    },
  }
}

const CASES: readonly [what: string, count: number, isSpoiled: (id: number) => boolean, tellsId: boolean][] =
  [
    ['one in the middle', 250, (id) => id === 120, true],
    ['one without an id', 250, (id) => id === 120, false],
    ['every third', 250, (id) => id % 3 === 0, true],
    ['every third, without ids', 250, (id) => id % 3 === 0, false],
    ['the newest 150', 250, (id) => id >= 100, true],
    ['the newest 150, without ids', 250, (id) => id >= 100, false],
    ['the oldest 150', 250, (id) => id < 150, true],
    ['the newest 2,500', 2550, (id) => id >= 50, true],
    ['all of them', 250, () => true, true],
    ['all of them, without ids', 250, () => true, false],
  ]

it.each(CASES)('reads all the others where %s cannot be read', async (_what, count, isSpoiled, tellsId) => {
  const provider = spoiled(count, isSpoiled, tellsId)
  const engine = createEngine({ sources: [{ id: 'shop', provider }] })
  const { pages, rows } = await traverse(engine, { first: 40, totalCount: true })
  const readable = Array.from({ length: count }, (_, id) => id).filter((id) => !isSpoiled(id))
  expect(idsOf(rows)).toEqual(readable.toReversed().map(String))
  const reports = pages.map((page) => reportOf(page, 'shop'))
  expect(reports.flatMap(({ warnings }) => warnings.map(({ code }) => code))).toContain('ROW_REJECTED')
  expect(pages.length).toBeLessThanOrEqual(count / 20 + 3)
  for (const page of pages) if (reportOf(page, 'shop').warnings.length > 0) expect(page.totalCount).toBeNull()
})
