import { dayOf, spanOf } from '../address/time-choice.js'
import type { View } from '../address/view.js'
import type { DownloadFormat } from './download-address.js'

/**
 * The name of the file that a download is saved as: what is in it, and when it was saved, in the zone of this device.
 * `messages_octo_failed_from-2026-11-22_to-2026-11-28_saved-2026-11-29-0533.csv`. What was searched for is not part of it:
 * names of files are seen by many, and a phone number is not for them.
 *
 * @param now the time now, in milliseconds
 */
export function downloadName(view: View, format: DownloadFormat, now: number): string {
  const { search, status, direction, type, source, time } = view
  const { from, to } = spanOf(time, now)
  const parts = [
    'messages',
    ...source,
    ...[...status, ...(direction === null ? [] : [direction]), ...type].map((one) => one.toLowerCase()),
    ...(search === '' ? [] : ['search']),
    ...(from === null ? [] : [`from-${dayOf(from)}`]),
    ...(to === null ? [] : [`to-${dayOf(new Date(to.getTime() - 1))}`]),
    `saved-${dayOf(new Date(now))}-${clockOf(new Date(now))}`,
  ]
  return `${parts
    .map((part) => part.replaceAll(/[^\w.-]+/g, '-'))
    .join('_')
    .slice(0, LONGEST)}.${format}`
}

/** What every file system takes, with room for an ending and for the `(1)` of a browser. */
const LONGEST = 200

function clockOf(time: Date): string {
  return [time.getHours(), time.getMinutes()].map((figure) => String(figure).padStart(2, '0')).join('')
}
