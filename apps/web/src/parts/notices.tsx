import type { JSX } from 'preact'
import { clockOffset } from '../api/clock.js'
import { isServerReachable, slowRequests } from '../api/server-fetch.js'
import { formatDuration } from '../texts/format.js'
import { texts } from '../texts/texts.js'

/**
 * What concerns the whole page: the connection, and the clock of this device.
 *
 * @param hasContent whether there is anything on the page that was read before. Default: yes
 */
export function Notices({ hasContent = true }: { readonly hasContent?: boolean }): JSX.Element {
  const offset = clockOffset.value
  return (
    <>
      {!isServerReachable.value && (
        <p class="banner bad" role="alert">
          {texts.problems.gone} {hasContent && `${texts.problems.lastRead} `}
          {texts.problems.retried}
        </p>
      )}
      {slowRequests.value > 0 && (
        <p class="banner" role="status">
          {texts.problems.waiting}
        </p>
      )}
      {offset !== 0 && (
        <p class="banner" role="status">
          {texts.problems.clock(formatDuration(offset), offset < 0)}
        </p>
      )}
    </>
  )
}
