import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import { daysOfSpan } from '../address/time-choice.js'
import { EVERYTHING, type View } from '../address/view.js'
import { formatMoment } from '../texts/format.js'
import { spanInWords } from '../parts/span-in-words.js'
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
        <Explanation text={texts.sources.gapsExplain} />
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
                    {spanInWords(gap)}
                  </a>
                </li>
              )
            })}
          {gaps.length > MOST_SPANS && <li>{texts.sources.more(gaps.length - MOST_SPANS)}</li>}
        </ul>
      </dd>
      <dt class="key beyond">{texts.sources.reach}</dt>
      <dd>
        <Explanation text={texts.sources.reachExplain} />
        {reach === null ? texts.sources.noReach : texts.sources.nothingOlder(formatMoment(reach))}
      </dd>
      <dt class="key covered">{texts.sources.covered}</dt>
      <dd>
        <Explanation text={texts.sources.coveredExplain} />
        {covered.length === 0
          ? texts.sources.notCovered
          : covered.slice(-MOST_SPANS).map(spanInWords).join('; ')}
      </dd>
      <dt class="key proven">{texts.sources.proven}</dt>
      <dd>
        <Explanation text={texts.sources.provenExplain} />
        {proven.length === 0
          ? texts.sources.notProven
          : proven
              .slice(-MOST_SPANS)
              .map((range) => texts.sources.comparedAt(spanInWords(range), formatMoment(range.at)))
              .join('; ')}
      </dd>
    </dl>
  )
}

function Explanation({ text }: { text: string }): JSX.Element {
  return <p class="muted small">{text}</p>
}

function daysOf(source: string, { from, to }: Stretch): Partial<View> {
  return {
    ...EVERYTHING,
    source: [source],
    time: daysOfSpan({ from: new Date(from), to: new Date(to) }),
    at: new Date(to).toISOString(),
  }
}
