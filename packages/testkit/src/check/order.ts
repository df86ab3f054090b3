import type { Message, MessageSort } from '@waybill/core'
import type { Stage } from '../read/stage.js'
import { expectEqual } from './conformance-failure.js'

/** @throws ConformanceFailure unless the messages follow the sort. Rows with equal times may stand in any order. */
export function expectOrder(stage: Stage, messages: readonly Message[], sort?: MessageSort): void {
  const { field, direction } = sort ??
    stage.capabilities.sorts[0] ?? { field: 'createdAt', direction: 'desc' }
  const times = messages.map((message) => stage.rowOf(message)[field])
  const ascending = times.toSorted((a, b) => a - b)
  expectEqual(`${field} ${direction}`, times, direction === 'asc' ? ascending : ascending.toReversed())
}
