import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import type { TimeChoice } from '../address/time-choice.js'
import { focusList } from '../parts/keep-focus.js'
import { formatDays, formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { Bar } from './bars.js'
import { totalOf } from './figures.js'

export interface BarLinkProps {
  readonly bar: Bar
  /** The messages of the highest bar. */
  readonly highest: number
  readonly tabIndex: number
  /** Called with whether the bar is pointed at or has the focus. */
  readonly onPoint: (isPointedAt: boolean) => void
}

/** A bar, which leads to the list of its time. */
export function BarLink({ bar, highest, tabIndex, onPoint }: BarLinkProps): JSX.Element {
  const { from, to, figures, incomplete } = bar
  const time: TimeChoice = { kind: 'days', from, to }
  const total = totalOf(figures)
  const words = barInWords(bar)
  // What is written above a bar has its room above the highest one, too.
  const share = (count: number): { height: string } => ({
    height: `calc((100% - var(--bar-label)) * ${count / highest})`,
  })
  return (
    <a
      class={incomplete.length > 0 ? 'bar incomplete' : 'bar'}
      href={hrefOf({ time })}
      tabIndex={tabIndex}
      title={words}
      aria-label={words}
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
      onClick={(event) => {
        follow(event, { time })
        // The bars of the shorter time are others: the focus must not be lost with this one.
        if (isByKeyboard(event)) focusList()
      }}
    >
      <span class="amount">{total > 0 && <span>{formatNumber(total)}</span>}</span>
      <span class="fine" style={share(total - figures.failed)} />
      <span class="failed" style={share(figures.failed)} />
    </a>
  )
}

function isByKeyboard({ detail }: MouseEvent): boolean {
  return detail === 0
}

/** `28 Nov 2026: 12 messages, 1 failed; messages of Shop may be missing` */
export function barInWords({ from, to, figures, incomplete }: Bar): string {
  return [
    texts.counts.bar(formatDays(from, to), totalOf(figures), formatNumber(figures.failed)),
    ...(incomplete.length > 0 ? [texts.counts.incomplete(incomplete.join(', '))] : []),
  ].join('; ')
}
