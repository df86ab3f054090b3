import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { formatDuration } from '../texts/format.js'

/** How long a person has been waiting. */
export function Elapsed({ since }: { readonly since: number }): JSX.Element {
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span class="muted">{formatDuration(now - since)}</span>
}
