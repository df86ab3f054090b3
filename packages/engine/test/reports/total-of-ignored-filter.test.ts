import type { MessageFilter, Paging } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import type { Lie } from '../model/lie.js'
import { isWanted } from '../model/wanted.js'
import { modelSource } from '../support/model-source.js'

const KINDS: readonly Paging['kind'][] = ['page', 'cursor', 'window']
const ROWS: Readonly<Record<Paging['kind'], number>> = { page: 300, cursor: 300, window: 90 }
const IGNORED: Lie = { kind: 'filter-ignored', field: 'interactionId' }

describe.each(KINDS)('the total of a %s source that passes over a declared filter', (kind) => {
  it.each([1, 50, 500])(
    'is exact or null, and the filter is named, with %i messages an answer',
    async (first) => {
      const source = modelSource('shop', kind, ROWS[kind], { filters: true, lies: [IGNORED], skewSeconds: 0 })
      const rows = source.settings.table.rows()
      const [newest] = source.settings.table.page({ sort: '-created_at', perPage: 1 })
      // Another conversation than that of the newest row, which then shows at once that the filter was passed over.
      const other = String(((newest?.interactionId ?? 0) + 1) % 7)
      const filter: MessageFilter = [{ field: 'interactionId', operator: 'eq', values: [other] }]
      const matching = rows.filter((row) => isWanted(row, filter)).map((row) => row.id)
      const page = await createEngine({ sources: [source] }).messages({ filter, first, totalCount: true })
      expect([matching.length, null]).toContain(page.totalCount)
      expect(matching).toEqual(
        expect.arrayContaining(page.edges.map(({ message }) => Number(message.upstreamId))),
      )
      expect(page.reports.map(({ completeness }) => completeness)).not.toContain('COMPLETE')
      expect(page.reports.flatMap(({ warnings }) => warnings.map(({ code }) => code))).toContain(
        'FILTER_IGNORED',
      )
    },
  )
})
