/** A span of time, both ends included, in milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}
