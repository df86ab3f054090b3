/** What a field of the schema says of the values that it adds to an answer. One that says nothing adds itself. */
export interface CostExtensions {
  /** Beside one for the field itself. */
  readonly points?: number
  /** How long its list is: usually so long, as the page, as the list of sources, or as the list in an argument. Default: 10. */
  readonly length?: number | 'page' | 'sources' | { readonly argument: string; readonly most: number }
  /** The argument that sets how many items the lists below it that are as long as the page have. */
  readonly page?: { readonly argument: string; readonly usual: number; readonly most: number }
}
