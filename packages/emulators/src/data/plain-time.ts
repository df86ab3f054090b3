const NOON = Date.UTC(2026, 3, 24, 12)

/** When the plain row of an id was made: as many seconds after noon of a fixed day. */
export function plainTime(id: number): number {
  return NOON + id * 1000
}
