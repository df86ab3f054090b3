import type { JSX } from 'preact'
import { show, view } from '../address/address.js'
import { spanOf } from '../address/time-choice.js'
import type { CountsQuery } from '../api/operations.js'
import { now } from '../api/clock.js'
import { CompletenessNotes, isLowerBound } from '../parts/completeness.js'
import { titleOf } from '../parts/problem-text.js'
import type { ListQuery } from '../search/list-query.js'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { BarChart } from './bar-chart.js'
import { barsOf } from './bars.js'
import './counts.css'
import { addFigures, FIGURES, type Figure, figureOf, NO_FIGURES, STATUSES_OF } from './figures.js'
import { useCounts } from './use-counts.js'

type Counted = CountsQuery['messageCounts']

/** How many messages the list has, by status and by day, and how far these figures can be trusted. */
export function Counts({
  query,
  isWanted,
}: {
  readonly query: ListQuery
  /** Whether to count by now: the list comes first. */
  readonly isWanted: boolean
}): JSX.Element {
  const { counts, problem, retry } = useCounts(query, isWanted)
  return (
    <section class="counts" aria-label={texts.counts.title} aria-busy={counts === null && problem === null}>
      {counts !== null && <Figures counts={counts} />}
      {counts === null && problem === null && <p class="muted">{texts.counts.counting}</p>}
      {/* The list says what is wrong with the search. */}
      {problem !== null && problem.kind !== 'input' && (
        <p role="alert">
          {titleOf(problem)}{' '}
          <button type="button" class="quiet" onClick={retry}>
            {texts.problems.retry}
          </button>
        </p>
      )}
    </section>
  )
}

function Figures({ counts: { total, groups, sources } }: { counts: Counted }): JSX.Element {
  const { time, status } = view.value
  const figures = groups
    .map(({ status: one, count }) => ({ ...NO_FIGURES, [figureOf(one)]: count }))
    .reduce(addFigures, NO_FIGURES)
  const bound = isLowerBound(sources)
  const shown = FIGURES.filter((figure) => figure !== 'other' || figures.other > 0)
  return (
    <>
      <div class="figures">
        <FigureButton
          count={total}
          isBound={bound}
          label={texts.counts.total}
          status={[]}
          isOn={status.length === 0}
        />
        {shown.map((figure) => (
          <FigureButton
            key={figure}
            figure={figure}
            count={figures[figure]}
            isBound={bound}
            label={texts.counts[figure]}
            status={STATUSES_OF[figure]}
            isOn={String(STATUSES_OF[figure]) === String(status)}
          />
        ))}
      </div>
      <BarChart bars={barsOf(groups, sources, spanOf(time, now()), now(), barsInReach())} />
      <CompletenessNotes reports={sources} areGapsShown />
    </>
  )
}

/** How wide a bar has to be for a finger, in pixels. */
const FINGER_PX = 24

/** How many bars there is room for: on a phone, where the chart is as wide as the page, they are pressed with a finger. */
function barsInReach(): number {
  return matchMedia('(max-width: 47.5rem)').matches
    ? Math.floor((innerWidth - FINGER_PX) / FINGER_PX)
    : Number.POSITIVE_INFINITY
}

interface FigureProps {
  readonly figure?: Figure
  readonly count: number
  readonly isBound: boolean
  readonly label: string
  readonly status: (typeof STATUSES_OF)[Figure]
  readonly isOn: boolean
}

function FigureButton({ figure, count, isBound, label, status, isOn }: FigureProps): JSX.Element {
  return (
    <button
      type="button"
      class={`figure ${figure ?? 'total'}`}
      title={figure === undefined ? undefined : texts.counts.explain[figure]}
      aria-pressed={isOn}
      onClick={() => show({ status: isOn ? [] : status })}
    >
      <span class="count">
        {isBound && (
          <span role="img" aria-label={texts.counts.atLeast} title={texts.counts.atLeast}>
            ≥
          </span>
        )}
        {formatNumber(count)}
      </span>
      <span class="name">{label}</span>
    </button>
  )
}
