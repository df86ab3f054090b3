/** Milliseconds since the epoch, finer than a millisecond, so that what follows can be told from what went before. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
