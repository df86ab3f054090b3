import type { Arrivals } from '../poll/arrivals.js'

/** What is kept between two polls of a window beside what the last one showed. */
export interface KeptArrivals {
  readonly arrivals: Arrivals
  /** How many messages a full list holds. */
  readonly capacity: number
  /** Whether the last plan could not be had as the traffic called for it. */
  readonly isBehind: boolean
}
