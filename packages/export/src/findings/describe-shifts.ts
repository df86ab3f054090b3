import { countOf, formatDateTime } from '@waybill/core'
import type { TimeShift } from '@waybill/reconcile'

/** What helps where the times of a log are shifted. */
export const SHIFT_REMEDY =
  'If its times have no zone, give the one in which they were written (--time-zone). If they have a zone, or are counted from 1970, correct them where the log is written.'

/** A shift of the times of a log, for people: it seems so, and is no proof. */
export function describeShift({ seconds, entries, from, to }: TimeShift): string {
  const distance = `${lengthOf(Math.abs(seconds))} ${seconds < 0 ? 'earlier' : 'later'} than logged`
  const span = `${formatDateTime(from)} to ${formatDateTime(to)}`
  return `The times of the log may be wrong: ${countOf(entries, 'entry', 'entries')} would match messages sent ${distance} (${span}).`
}

/** `2 h`, `5 h 30 min` */
function lengthOf(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.round((seconds % 3600) / 60)
  return [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])].join(' ')
}
