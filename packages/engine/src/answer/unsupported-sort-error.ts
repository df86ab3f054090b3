import { type MessageSort, printMessageSort, WaybillError } from '@waybill/core'
import type { EngineSource } from '../engine.js'

/** A source cannot be read in the order that was asked for. */
export class UnsupportedSortError extends WaybillError {
  declare readonly code: 'UNSUPPORTED_SORT'
  readonly source: string

  constructor({ id, provider }: EngineSource, sort: MessageSort) {
    const known = provider.capabilities.sorts.map((each) => printMessageSort(each)).join(', ')
    super(
      'UNSUPPORTED_SORT',
      `Source "${id}" cannot be sorted by ${printMessageSort(sort)}; it knows ${known}. Choose another sort, or leave the source out with filter.source.`,
    )
    this.source = id
  }
}
