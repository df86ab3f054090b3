import { printMessageSort } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { expectOrder } from '../check/order.js'
import { expectSelection } from '../check/selection.js'
import { readAll } from '../read/read-all.js'
import { rowsWithin, setStage, type Subject } from '../read/stage.js'

/** Every declared order is served, whole and page by page. */
export function sortCases(subject: Subject): CaseDefinition[] {
  return subject.capabilities.sorts.map((sort) => ({
    name: `sort: ${printMessageSort(sort)}`,
    run: async () => {
      const stage = await setStage(subject, { count: rowsWithin(subject.capabilities, 20) })
      const { paging } = subject.capabilities
      const sizes = paging.kind === 'window' ? [paging.maxItems] : [3, paging.maxPageSize]
      for (const size of sizes) {
        const { messages } = await readAll(stage, { sort }, size)
        expectSelection(stage, {}, messages)
        expectOrder(stage, messages, sort)
      }
    },
  }))
}
