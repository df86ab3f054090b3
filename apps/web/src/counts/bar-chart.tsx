import type { JSX } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { Day, Span } from '../address/time-choice.js'
import type { CountsQuery } from '../api/operations.js'
import { isOfBrowser } from '../parts/browser-keys.js'
import { formatDays } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { BarLink, barInWords } from './bar-link.js'
import { barsOf } from './bars.js'
import { totalOf } from './figures.js'

export interface BarChartProps {
  /** Null before it is there: the chart has its place by then. */
  readonly counts: CountsQuery['messageCounts'] | null
  readonly span: Span
  readonly now: number
}

/**
 * Bars from the oldest to the newest, as many as there is room for. The arrow keys move between them. What is pointed at, or has the
 * focus, is written in words below.
 */
export function BarChart({ counts, span, now }: BarChartProps): JSX.Element | null {
  const [plot, setPlot] = useState<HTMLElement | null>(null)
  const width = useWidthOf(plot)
  const [active, setActive] = useState<number | null>(null)
  const [named, setNamed] = useState<Day | null>(null)
  const { length, bars } = barsOf(counts?.groups ?? [], counts?.sources ?? [], span, now, barsWithin(width))
  if (counts !== null && bars.length < 2) return null
  const highest = Math.max(1, ...bars.map(({ figures }) => totalOf(figures)))
  const focusable = Math.min(active ?? bars.length - 1, bars.length - 1)
  const pointedAt = bars.find(({ from }) => from === named)

  function move(event: KeyboardEvent): void {
    if (isOfBrowser(event)) return
    const target = { ArrowLeft: focusable - 1, ArrowRight: focusable + 1, Home: 0, End: bars.length - 1 }[
      event.key
    ]
    if (target === undefined || bars[target] === undefined) return
    event.preventDefault()
    setActive(target)
    plot?.querySelectorAll('a')[target]?.focus()
  }

  return (
    <figure class="bars">
      <div class="plot" ref={setPlot} role="group" aria-label={texts.counts.bars[length]} onKeyDown={move}>
        {bars.map((bar, index) => (
          <BarLink
            key={bar.from}
            bar={bar}
            highest={highest}
            tabIndex={index === focusable ? 0 : -1}
            onPoint={(isPointedAt) =>
              setNamed((day) => (isPointedAt ? bar.from : day === bar.from ? null : day))
            }
          />
        ))}
      </div>
      <figcaption>
        <span>{dayIn(bars[0]?.from)}</span>
        {pointedAt === undefined ? (
          <span class="unit">{counts !== null && `${texts.counts.per[length]}; ${texts.counts.legend}`}</span>
        ) : (
          <span class="unit pointed-at">{barInWords(pointedAt)}</span>
        )}
        <span>{dayIn(bars.at(-1)?.to)}</span>
      </figcaption>
    </figure>
  )
}

/** A day in words; a blank of the same height before it is known. */
function dayIn(day: Day | undefined): string {
  return day === undefined ? '\u00A0' : formatDays(day, day)
}

/** How wide a bar has to be for a mouse, and for a finger, in pixels. */
const MOUSE_PX = 12
const FINGER_PX = 24

/** How many bars there is room for within a width; as many as one likes where it is not known. */
function barsWithin(width: number): number {
  if (width === 0) return Number.POSITIVE_INFINITY
  const isForFingers = matchMedia('(pointer: coarse), (max-width: 47.5rem)').matches
  return Math.floor(width / (isForFingers ? FINGER_PX : MOUSE_PX))
}

/** The width of an element in pixels, as it is now; 0 before it is there. */
function useWidthOf(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (element === null) return undefined
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return width
}
