import { createWacrTable } from '@waybill/emulators'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/index.js'
import type { ModelSettings } from '../model/model-settings.js'
import { modelProvider } from '../model/model-provider.js'
import { makeRow } from '../model/model-table.js'
import { PLAIN_UPSTREAM } from '../model/plan.js'
import { idsOf, traverse } from '../support/traverse.js'

const BEGIN = Date.UTC(2026, 0, 1)
const SERVED = 40
/** Of the oldest second. The server says neither how many rows there are nor how many it serves. */
const TIES = 6
const ROWS = Array.from({ length: SERVED + 1 }, (_, index) =>
  makeRow(index + 1, BEGIN + Math.max(0, index - TIES + 1) * 60_000, 0, () => 1),
)

it.each([0, 1, 2, 3])(
  'reads the last row that a cut page left out, among its ties, while %i rows vanish',
  async (vanishing) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const table = createWacrTable(ROWS, { ties: 'shuffle', seed })
      const settings: ModelSettings = {
        source: 'shop',
        plan: { ...PLAIN_UPSTREAM, rows: ROWS.length, ties: TIES, cap: SERVED },
        table,
        cap: SERVED,
        faults: [],
        onStage: (stage) => {
          if (stage !== 'request' || settings.requests !== 2) return
          for (let gone = 0; gone < vanishing; gone += 1) table.delete(ROWS.length - gone)
        },
        requests: 0,
        passingFailures: 0,
        rejected: new Set<string>(),
      }
      const engine = createEngine({ sources: [{ id: 'shop', provider: modelProvider(settings) }] })
      const { pages, rows } = await traverse(engine, { first: 100, fields: new Set(['text']) })
      expect(idsOf(rows).toSorted(), `seed ${seed}`).toEqual(ROWS.map(({ id }) => String(id)).toSorted())
      expect(pages.flatMap((page) => page.reports.map(({ completeness }) => completeness))).not.toContain(
        'UNPROVEN',
      )
    }
  },
)
