import type { WindowPaging } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectEqual } from '../check/conformance-failure.js'
import { readPage } from '../read/read-all.js'
import { setStage, type Subject } from '../read/stage.js'

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
    newest('fuller than full', maxItems + 1, [maxItems]),
  ]
}
