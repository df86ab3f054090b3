import { nearestName } from '@waybill/core'
import { FORMAT_NAMES } from '@waybill/export'

const DOWNLOADS = FORMAT_NAMES.map((format) => `/messages.${format}`)

/** What is said of a path that the server does not have. */
export function describeUnknownPath(path: string): string {
  if (!path.startsWith('/messages')) return 'Unknown path. The API is at /graphql.'
  const nearest = nearestName(path, DOWNLOADS)
  const guess = nearest === null ? '' : ` Did you mean ${nearest}?`
  return `Unknown path.${guess} Downloads are at ${DOWNLOADS.join(', ')}.`
}
