import { formatDateTime } from '@waybill/core'

/** What holds a point in time, in milliseconds since the epoch. */
const TIMES: ReadonlySet<string> = new Set(['from', 'to', 'observedAt', 'downTo', 'retryAt', 'until'])

/** Something that happened as one line of JSON, times in ISO 8601. What only a log may have is left out. */
export function jsonLine(happened: object): string {
  return `${JSON.stringify(happened, (name, value: unknown) => {
    if (name === 'thrown') return undefined
    return typeof value === 'number' && TIMES.has(name) ? formatDateTime(value) : value
  })}\n`
}
