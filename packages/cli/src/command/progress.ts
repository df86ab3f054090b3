/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

/** A line on a terminal that says how far long work has come. Elsewhere it says nothing. */
export interface Progress {
  /** @param total null where nobody knows how much there is. */
  show(done: number, total: number | null): void
  /** Takes the line away, so that something else may be written. */
  clear(): void
}

const EVERY_MS = 200
const CLEAR_LINE = '\r\u001B[2K'

/**
 * @param what what is counted, in the plural: `messages`
 * @param from how much was done when the work began
 */
export function createProgress(stream: ProgressStream, what: string, from = 0): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  const begun = performance.now()
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show: (done, total) => {
      const now = performance.now()
      if (now - shownAt < EVERY_MS) return
      shownAt = now
      stream.write(`${CLEAR_LINE}${describeProgress({ done, from, total, elapsedMs: now - begun, what })}`)
    },
    clear: () => {
      if (shownAt > Number.NEGATIVE_INFINITY) stream.write(CLEAR_LINE)
      shownAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** What a line of progress tells. */
export interface ProgressFigures {
  readonly done: number
  /** How much was done when the work began. */
  readonly from: number
  readonly total: number | null
  readonly elapsedMs: number
  readonly what: string
}

/** How much, how fast, and how long still: `12,000 of 50,000 messages, 1,500/s, 0:25 left`. */
export function describeProgress({ done, from, total, elapsedMs, what }: ProgressFigures): string {
  const perSecond = elapsedMs > 0 ? ((done - from) * 1000) / elapsedMs : 0
  const amount = total === null ? `${count(done)} ${what}` : `${count(done)} of ${count(total)} ${what}`
  const parts = [amount]
  if (perSecond > 0) parts.push(`${count(perSecond)}/s`)
  if (perSecond > 0 && total !== null && total > done) parts.push(`${clock((total - done) / perSecond)} left`)
  return parts.join(', ')
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const tail = String(whole % 60).padStart(2, '0')
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, '0')}:${tail}`
}
