import type { ListRequest, MessageSort } from '@waybill/core'
import type { SearchTerm } from './search-term.js'
import type { Keyset } from './cursor.js'

/** Which messages of a source are wanted. */
export interface Selection extends Pick<ListRequest, 'filter'> {
  readonly source: string
  /** Null for no search. */
  readonly search: SearchTerm | null
}

/** Which part of the list, and in which order. */
export interface Part {
  readonly sort: MessageSort
  readonly after: Keyset | null
  readonly limit: number
}

/** A message's place in a list. */
export interface ListedRow extends Keyset {
  readonly rowId: number
}
