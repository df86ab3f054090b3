/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

/** Lines at the end of a terminal that are written anew in place. Elsewhere nothing is shown. */
export interface ProgressLines {
  /** Shows the lines that `describe` returns, unless others were shown a moment ago. */
  show(describe: () => readonly string[]): void
  /** Removes the lines, so that something else may be written. */
  clear(): void
}

const EVERY_MS = 200
const CLEAR_LINE = '\r\u001B[2K'
const CLEAR_LINE_ABOVE = '\u001B[1A\u001B[2K'
const DEFAULT_COLUMNS = 80

export function createProgressLines(stream: ProgressStream): ProgressLines {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  let shownAt = Number.NEGATIVE_INFINITY
  let shown = 0
  const erase = (): string => CLEAR_LINE + CLEAR_LINE_ABOVE.repeat(Math.max(0, shown - 1))
  return {
    show: (describe) => {
      const now = performance.now()
      if (now - shownAt < EVERY_MS) return
      shownAt = now
      // A line that wraps would be two, of which only one is removed.
      const width = (stream.columns ?? DEFAULT_COLUMNS) - 1
      const lines = describe().map((line) => line.slice(0, width))
      stream.write(erase() + lines.join('\n'))
      shown = lines.length
    },
    clear: () => {
      if (shown > 0) stream.write(erase())
      shown = 0
      shownAt = Number.NEGATIVE_INFINITY
    },
  }
}

/** A line that says how far long work has come. */
export interface Progress {
  /** @param total null where nobody knows how much there is */
  show(done: number, total: number | null): void
  clear(): void
}

/**
 * @param what what is counted, in the plural: `messages`
 * @param from how much was done when the work began
 */
export function createProgress(stream: ProgressStream, what: string, from = 0): Progress {
  const lines = createProgressLines(stream)
  const begun = performance.now()
  return {
    show: (done, total) =>
      lines.show(() => [describeProgress({ done, from, total, elapsedMs: performance.now() - begun, what })]),
    clear: () => lines.clear(),
  }
}

/** What a line of progress says. */
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
  if (perSecond > 0 && total !== null && total > done) {
    parts.push(`${describeSpan((total - done) / perSecond)} left`)
  }
  return parts.join(', ')
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Seconds as minutes and seconds, or hours: `0:25`, `2:46:39`. */
export function describeSpan(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const tail = String(whole % 60).padStart(2, '0')
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, '0')}:${tail}`
}
