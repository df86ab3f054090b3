import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import { dayOf } from '../address/time-choice.js'
import { EVERYTHING, type View } from '../address/view.js'
import { formatMoment, formatSpan } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import type { KnownHistory, Stretch } from './known-history.js'

/** More spans than these are counted only. */
const MOST_SPANS = 20

/** The history of a source in words. Each gap is a link to its row in the list. */
export function Spans({ source, history }: { source: string; history: KnownHistory }): JSX.Element {
  const { reach, covered, proven, gaps } = history
  return (
    <dl class="spans">
      <dt class="key gap">{texts.sources.gaps}</dt>
      <dd>
        {gaps.length === 0 && texts.sources.noGaps}
        <ul>
          {gaps
            .slice(-MOST_SPANS)
            .toReversed()
            .map((gap) => {
              const change = daysOf(source, gap)
              return (
                <li key={gap.from}>
                  <a href={hrefOf(change)} onClick={(event) => follow(event, change)}>
                    {describe(gap)}
                  </a>
                </li>
              )
            })}
          {gaps.length > MOST_SPANS && <li>{texts.sources.more(gaps.length - MOST_SPANS)}</li>}
        </ul>
      </dd>
      <dt class="key beyond">{texts.sources.reach}</dt>
      <dd>{reach === null ? texts.sources.noReach : texts.sources.nothingOlder(formatMoment(reach))}</dd>
      <dt class="key covered">{texts.sources.covered}</dt>
      <dd>
        {covered.length === 0
          ? texts.sources.notCovered
          : covered.slice(-MOST_SPANS).map(describe).join('; ')}
      </dd>
      <dt class="key proven">{texts.sources.proven}</dt>
      <dd>
        {proven.length === 0
          ? texts.sources.notProven
          : proven
              .slice(-MOST_SPANS)
              .map((range) => texts.sources.comparedAt(describe(range), formatMoment(range.at)))
              .join('; ')}
      </dd>
    </dl>
  )
}

function describe({ from, to }: Stretch): string {
  return from === 0 ? texts.sources.fromBeginning(formatMoment(to)) : formatSpan({ from, to })
}

function daysOf(source: string, { from, to }: Stretch): Partial<View> {
  return {
    ...EVERYTHING,
    source: [source],
    time: { kind: 'days', from: from === 0 ? null : dayOf(new Date(from)), to: dayOf(new Date(to)) },
    at: new Date(to).toISOString(),
  }
}
