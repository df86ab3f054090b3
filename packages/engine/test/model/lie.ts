/**
 * A way in which an upstream breaks its word, or what its provider declares, from the first request to the last.
 * `place` and `amount` are from 0 up to 1.
 */
export type Lie =
  /** Rows that it counts, and takes off a page after it cut the page: a few, a share of all, or a whole span. */
  | {
      readonly kind: 'hidden-rows'
      readonly shape: 'few' | 'share' | 'span'
      readonly place: number
      readonly amount: number
    }
  /** A declared filter is passed over. */
  | { readonly kind: 'filter-ignored'; readonly field: 'status' | 'interactionId' }
  /** From some request on, every value of `direction` gives all rows. */
  | { readonly kind: 'direction-ignored'; readonly afterRequests: number }
  /** No value of `direction` is known: each of them gives nothing, or only that of outbound messages. */
  | { readonly kind: 'direction-unknown'; readonly values: 'both' | 'outbound' }
  /** The list comes the other way round, each of its pages in the right order or not, by id, or by creation whatever was asked for. */
  | { readonly kind: 'sort-ignored'; readonly instead: 'reversed' | 'turned-pages' | 'id' | 'createdAt' }
  /** Every page number gives the first page. */
  | { readonly kind: 'page-ignored' }
  /** A figure beside the rows is not true, though all rows come. */
  | { readonly kind: 'false-figure'; readonly figure: Figure; readonly says: FalseWord }
  /** Every so many rows one that cannot be read, with or without its id. */
  | { readonly kind: 'unreadable-rows'; readonly every: number; readonly tellsId: boolean }
  /** A row whose `sentAt` lies so far from its sort key that it cannot be what is declared, whatever its neighbours'. */
  | { readonly kind: 'departed-row'; readonly place: number; readonly beyondSeconds: number }
  /** Every so many pages one that repeats the page before. */
  | { readonly kind: 'repeated-page'; readonly every: number }
  /** Every so many page numbers give a page further down, and figures that say so: its number and rows, or only its rows. */
  | {
      readonly kind: 'other-page'
      readonly every: number
      readonly ahead: number
      readonly tells: 'number' | 'span'
    }
  /** Every list holds one of its rows twice. */
  | { readonly kind: 'repeated-row' }
  /** From some request on, nothing but errors. */
  | { readonly kind: 'lasting-error'; readonly afterRequests: number }
  /** A cursor behind so many rows, and every later one, gives the same rows again and again. */
  | { readonly kind: 'stuck-cursor'; readonly afterRows: number }

export type LieKind = Lie['kind']
export type Figure = 'total' | 'lastPage' | 'pageSize' | 'hasNextPage'
export type FalseWord = 'more' | 'less' | 'zero' | 'constant'

/** The lies of one kind. */
export function liesOf<Kind extends LieKind>(
  lies: readonly Lie[],
  kind: Kind,
): readonly Extract<Lie, { kind: Kind }>[] {
  return lies.filter((lie): lie is Extract<Lie, { kind: Kind }> => lie.kind === kind)
}

/** Whether any lie is of a kind. */
export function liesAbout(plan: { readonly lies: readonly Lie[] }, kind: LieKind): boolean {
  return plan.lies.some((lie) => lie.kind === kind)
}
