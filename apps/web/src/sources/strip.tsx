import type { JSX } from 'preact'
import { formatMoment } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { KnownHistory, Stretch } from './known-history.js'

const WIDTH = 1000
const HEIGHT = 28
/** A gap of a minute in years must still be seen. */
const THINNEST = 4

export interface StripProps {
  readonly history: KnownHistory
  /** The time that is shown, in milliseconds. */
  readonly shown: Stretch
}

/** The history of a source over time. The same is in words below it, so it has no more than a summary for a screen reader. */
export function Strip({ history: { covered, proven, gaps, reach }, shown }: StripProps): JSX.Element {
  const scale = WIDTH / (shown.to - shown.from)
  const box = ({ from, to }: Stretch, thinnest: number): { x: number; width: number } | null => {
    if (to < shown.from || from > shown.to) return null
    const x = (Math.max(from, shown.from) - shown.from) * scale
    const width = Math.max(thinnest, (Math.min(to, shown.to) - shown.from) * scale - x)
    return { x: Math.min(x, WIDTH - thinnest), width }
  }
  const rects = (stretches: readonly Stretch[], name: string, y: number, height: number): JSX.Element[] =>
    stretches.flatMap((stretch) => {
      const place = box(stretch, name === 'gap' ? THINNEST : 1)
      return place === null
        ? []
        : [<rect key={`${name}${stretch.from}`} class={name} y={y} height={height} {...place} />]
    })
  const beyond = reach === null ? [] : [{ from: Number.NEGATIVE_INFINITY, to: reach }]
  return (
    <div class="strip">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={texts.sources.strip(covered.length, gaps.length)}
      >
        {rects(covered, 'covered', 0, HEIGHT)}
        {rects(proven, 'proven', HEIGHT - 6, 6)}
        {rects(beyond, 'beyond', 0, HEIGHT)}
        {rects(gaps, 'gap', 0, HEIGHT)}
      </svg>
      <div class="axis">
        <span>{formatMoment(shown.from)}</span>
        <span>{formatMoment(shown.to)}</span>
      </div>
    </div>
  )
}
