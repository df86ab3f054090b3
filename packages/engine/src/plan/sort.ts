import type { MessageSort, ProviderCapabilities } from '@waybill/core'

/** Whether a source can be read in an order. A window is held whole, so its order can be turned round here. */
export function canSort(capabilities: ProviderCapabilities, sort: MessageSort): boolean {
  return capabilities.sorts.some(
    (known) =>
      known.field === sort.field &&
      (known.direction === sort.direction ||
        (capabilities.paging.kind === 'window' && sort.field === 'createdAt')),
  )
}
