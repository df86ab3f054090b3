/** A shift at which entries without a message would match, by the hint of the server. */
export interface ShownShift {
  /** How much later than logged the messages were sent; negative: earlier. */
  readonly seconds: number
  readonly entries: number
  /** The logged times of the first and the last of them, in milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

const SHIFT = /^seconds=(-?\d+); entries=(\d+); logged=([^/]+)\/(.+)$/

/** Reads `Waybill-Time-Shifts`: `seconds=-7200; entries=812; logged=FROM/TO`, several with commas between them. */
export function readShifts(header: string | null): ShownShift[] {
  return (header ?? '').split(', ').flatMap((written) => {
    const [, seconds, entries, from = '', to = ''] = SHIFT.exec(written) ?? []
    const shift = {
      seconds: Number(seconds),
      entries: Number(entries),
      from: Date.parse(from),
      to: Date.parse(to),
    }
    return Object.values(shift).some(Number.isNaN) ? [] : [shift]
  })
}
