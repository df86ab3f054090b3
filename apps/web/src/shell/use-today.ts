import { useEffect, useState } from 'preact/hooks'
import { type Day, dayOf, nextMidnight } from '../address/time-choice.js'
import { now } from '../api/clock.js'

/** A computer that slept has not run its timers, and a clock may be corrected: so the day is read at least this often, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/** The day of today, and the next one once it begins, on a page that stays open. */
export function useToday(): Day {
  const [today, setToday] = useState(readToday)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    function read(): void {
      clearTimeout(timer)
      setToday(readToday())
      const rest = nextMidnight(new Date(now())).getTime() - now()
      timer = setTimeout(read, Math.min(Math.max(0, rest), LONGEST_PAUSE_MS))
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [])
  return today
}

function readToday(): Day {
  return dayOf(new Date(now()))
}
