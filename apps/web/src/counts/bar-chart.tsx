import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { follow, hrefOf } from '../address/address.js'
import type { TimeChoice } from '../address/time-choice.js'
import { formatDays, formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { Bar, Bars } from './bars.js'
import { totalOf } from './figures.js'

/** Bars from the oldest to the newest. Each is a link to the list of its time; the arrow keys move between them. */
export function BarChart({ bars: { length, bars } }: { readonly bars: Bars }): JSX.Element | null {
  const [active, setActive] = useState<number | null>(null)
  const group = useRef<HTMLDivElement>(null)
  if (bars.length < 2) return null
  const highest = Math.max(1, ...bars.map(({ figures }) => totalOf(figures)))
  const focusable = Math.min(active ?? bars.length - 1, bars.length - 1)

  function move(event: KeyboardEvent): void {
    const target = { ArrowLeft: focusable - 1, ArrowRight: focusable + 1, Home: 0, End: bars.length - 1 }[
      event.key
    ]
    if (target === undefined || bars[target] === undefined) return
    event.preventDefault()
    setActive(target)
    group.current?.querySelectorAll('a')[target]?.focus()
  }

  return (
    <figure class="bars">
      <div class="plot" ref={group} role="group" aria-label={texts.counts.bars[length]} onKeyDown={move}>
        {bars.map((bar, index) => (
          <BarLink key={bar.from} bar={bar} highest={highest} tabIndex={index === focusable ? 0 : -1} />
        ))}
      </div>
      <figcaption>
        <span>{formatDays(bars[0]?.from ?? '', bars[0]?.from ?? '')}</span>
        <span class="unit">{`${texts.counts.per[length]}; ${texts.counts.legend}`}</span>
        <span>{formatDays(bars.at(-1)?.to ?? '', bars.at(-1)?.to ?? '')}</span>
      </figcaption>
    </figure>
  )
}

interface BarLinkProps {
  readonly bar: Bar
  readonly highest: number
  readonly tabIndex: number
}

function BarLink({ bar, highest, tabIndex }: BarLinkProps): JSX.Element {
  const { from, to, figures, incomplete } = bar
  const time: TimeChoice = { kind: 'days', from, to }
  const total = totalOf(figures)
  const label = [
    texts.counts.bar(formatDays(from, to), total, formatNumber(figures.failed)),
    ...(incomplete.length > 0 ? [texts.counts.incomplete(incomplete.join(', '))] : []),
  ].join('; ')
  // What is written above a bar has its room above the highest one, too.
  const share = (count: number): { height: string } => ({
    height: `calc((100% - var(--bar-label)) * ${count / highest})`,
  })
  return (
    <a
      class={incomplete.length > 0 ? 'bar incomplete' : 'bar'}
      href={hrefOf({ time })}
      tabIndex={tabIndex}
      title={label}
      aria-label={label}
      onClick={(event) => follow(event, { time })}
    >
      <span class="amount">{total > 0 && <span>{formatNumber(total)}</span>}</span>
      <span class="fine" style={share(total - figures.failed)} />
      <span class="failed" style={share(figures.failed)} />
    </a>
  )
}
