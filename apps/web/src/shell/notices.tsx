import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { clockOffset } from '../api/clock.js'
import { isServerReachable, knock, slowRequests } from '../api/server-fetch.js'
import { formatDuration } from '../texts/format.js'
import { texts } from '../texts/texts.js'

/** How often an absent server is asked whether it is there again, in milliseconds. */
const KNOCK_MS = 3000

/** What concerns the whole page: the connection, and the clock of this device. */
export function Notices(): JSX.Element {
  const offset = clockOffset.value
  const isReachable = isServerReachable.value
  useEffect(() => {
    if (isReachable) return undefined
    const timer = setInterval(() => void knock(), KNOCK_MS)
    return () => clearInterval(timer)
  }, [isReachable])
  return (
    <>
      {!isReachable && (
        <p class="banner bad" role="alert">
          {texts.problems.gone}
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
