import type { FieldNode } from 'graphql'
import type { SelectionInfo } from './selection.js'

/** What a field of the schema says of the values that it adds to an answer. One that says nothing adds itself. */
export interface CostExtensions {
  /** Beside one for the field itself. */
  readonly points?: number
  /** How long its list is: usually so long, as the page, as the list of sources, or as the list in an argument. Default: 10. */
  readonly length?: number | 'page' | 'sources' | { readonly argument: string; readonly most: number }
  /** The argument that sets how many items the lists below it that are as long as the page have. */
  readonly page?: { readonly argument: string; readonly usual: number; readonly most: number }
}

/** How many requests for single messages a field of `Query` may need at most, as far as its query shows. */
export type CountRequests<Arguments> = (args: Arguments, query: SingleRequests) => number

/** What such a count depends on, beside the arguments. */
export interface SingleRequests {
  readonly node: FieldNode
  readonly info: SelectionInfo
  /** The ids of the sources that are read live: each single message costs a request there. */
  readonly live: ReadonlySet<string>
}
