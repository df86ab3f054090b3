import { useEffect } from 'preact/hooks'
import { isServerReachable, knock } from '../api/server-fetch.js'

/** How often an absent server is asked whether it is there again, in milliseconds. */
const KNOCK_MS = 3000

/** Notices when an absent server is there again. */
export function useKnocking(): void {
  const isReachable = isServerReachable.value
  useEffect(() => {
    if (isReachable) return undefined
    const timer = setInterval(() => void knock(), KNOCK_MS)
    return () => clearInterval(timer)
  }, [isReachable])
}
