import type { ListResult, ProviderCapabilities, SourceWarning } from '@waybill/core'
import { ALL_TIME } from '../plan/time-bounds.js'
import { judgeOrder } from './page-walk/checks.js'
import { orderOf } from './page-walk/order.js'
import { warn } from './warnings.js'

/**
 * What contradicts itself in one list of a window: its figures, or its order. Empty where nothing does.
 *
 * @param result What a provider of paging kind `window` listed.
 * @example checkWindow(await provider.list(request), provider.capabilities) // [{ code: 'ROWS_HIDDEN', … }]
 */
export function checkWindow(
  result: ListResult,
  { paging, maxSkewMs }: Pick<ProviderCapabilities, 'paging' | 'maxSkewMs'>,
): SourceWarning[] {
  const figures = paging.kind === 'window' ? checkFigures(result, paging.maxItems) : null
  return [figures, checkOrder(result, maxSkewMs)].filter((warning) => warning !== null)
}

/** How many rows a list has, whether they can be read or not. */
export function rowsIn({ messages, rejected = [] }: ListResult): number {
  return messages.length + rejected.length
}

/** Whether figures beside a window contradict it. Those of one that is full may count what is out of reach. */
export function checkFigures(result: ListResult, limit: number): SourceWarning | null {
  const { total = null, hasNextPage = null } = result.page ?? {}
  const count = rowsIn(result)
  if (total !== null && total < count) return warn('TOTALS_DISAGREE', 'total', count - total)
  if (count >= limit) return null
  if (total !== null && total > count) return warn('ROWS_HIDDEN', null, total - count)
  return hasNextPage === true ? warn('ROWS_HIDDEN') : null
}

/** Whether a window lists the newest first. One that does not begin with the newest may not hold the newest. */
export function checkOrder({ messages }: ListResult, maxSkewMs: number): SourceWarning | null {
  const order = orderOf({ field: 'createdAt', direction: 'desc' }, maxSkewMs, ALL_TIME)
  const { kind, count } = judgeOrder(messages, order)
  if (kind === 'ignored') return warn('SORT_IGNORED', 'sort')
  return kind === 'broken' ? warn('ORDER_BROKEN', 'sentAt', count) : null
}
