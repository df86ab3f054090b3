import type { MessageSort } from '@waybill/core'
import { createWacrTable } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import { modelProvider } from '../model/model-provider.js'
import { makeRow } from '../model/model-table.js'
import { type ModelSource, modelSource } from '../support/model-source.js'
import { reportOf } from '../support/requests.js'
import { idsOf, traverse } from '../support/traverse.js'

const BEGIN = Date.UTC(2026, 0, 1)
const SERVED = 28
/** The rows 10 to 15 share one time, and the first page ends among them. */
const TIED = { first: 10, last: 15 }
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)

function sourceOf(seed: number, skewSeconds: number): ModelSource {
  const rows = Array.from({ length: 40 }, (_, index) => {
    const id = index + 1
    const minute = id >= TIED.first && id <= TIED.last ? TIED.first : id
    return makeRow(id, BEGIN + minute * 60_000, 0, () => 1)
  })
  const figures = { tellsTotal: false, tellsPageSize: false }
  const { settings } = modelSource('shop', 'page', 0, { ...figures, skewSeconds, cap: SERVED })
  const table = createWacrTable(rows, { ties: 'shuffle', seed })
  const moved = { ...settings, table }
  return { id: 'shop', provider: modelProvider(moved), settings: moved }
}

/** Reads a page, loses all that was read but ties of the last row, and reads on. */
async function readOn(seed: number, skewSeconds: number, first: number, sort: MessageSort) {
  const source = sourceOf(seed, skewSeconds)
  const query = { sort, fields: new Set(['text'] as const) }
  const begun = await createEngine({ sources: [source] }).messages({ ...query, first })
  const { table } = source.settings
  for (const { id } of table.rows()) if (id > TIED.last) table.delete(id)
  const read = idsOf(begun.edges)
  const after = begun.pageInfo.endCursor
  const { pages, rows } = await traverse(createEngine({ sources: [source] }), { ...query, first: 50, after })
  const unread = table.rows().map(({ id }) => String(id))
  return {
    rows: idsOf(rows).toSorted(),
    unread: unread.filter((id) => !read.includes(id)).toSorted(),
    isUnsure: pages.some((page) => reportOf(page, 'shop').completeness === 'UNPROVEN'),
  }
}

describe.each([25, 26, 27, 28])(
  'a tie above those that were read, at the top of what is left: first %i',
  (first) => {
    it('is read where times fix the order', async () => {
      for (const seed of SEEDS) {
        const { rows, unread, isUnsure } = await readOn(seed, 0, first, {
          field: 'createdAt',
          direction: 'desc',
        })
        expect(rows, `seed ${seed}`).toEqual(unread)
        expect(isUnsure, `seed ${seed}`).toBe(false)
      }
    })

    it.each([
      { skewSeconds: 60, field: 'createdAt' as const },
      { skewSeconds: 0, field: 'updatedAt' as const },
    ])('is read or told of where they do not: %o', async ({ skewSeconds, field }) => {
      for (const seed of SEEDS) {
        const { rows, unread, isUnsure } = await readOn(seed, skewSeconds, first, {
          field,
          direction: 'desc',
        })
        const isWhole = rows.join() === unread.join()
        expect({ seed, toldOrWhole: isUnsure || isWhole }).toEqual({ seed, toldOrWhole: true })
      }
    })
  },
)
