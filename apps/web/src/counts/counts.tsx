import type { JSX } from 'preact'
import { follow, hrefOf, show, view } from '../address/address.js'
import { spanOf } from '../address/time-choice.js'
import type { CountsQuery, MessageStatus } from '../api/operations.js'
import { now } from '../api/clock.js'
import type { ListAnswer } from '../list/list-view.js'
import { CompletenessNotes, isLowerBound } from '../parts/completeness.js'
import { titleWhileRetried } from '../parts/problem-text.js'
import { isSaidByNotice, useRetry } from '../parts/use-retry.js'
import type { ListQuery } from '../search/list-query.js'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { BarChart } from './bar-chart.js'
import './counts.css'
import { Earlier } from './earlier.js'
import { addFigures, FIGURES, type Figure, figureOf, NO_FIGURES, STATUSES_OF } from './figures.js'
import { useCounts } from './use-counts.js'

type Counted = CountsQuery['messageCounts']

/** How many messages the list has, by status and by day, and how far these figures can be trusted. */
export function Counts({
  query,
  answer,
}: {
  readonly query: ListQuery
  /** What the list says, which is not repeated; null before it does: the list comes first. */
  readonly answer: ListAnswer | null
}): JSX.Element {
  const { counts, problem, retry } = useCounts(query, answer !== null)
  useRetry(problem, retry)
  const isSaid = problem === null || isSaidByNotice(problem) || (answer?.problem ?? null) !== null
  return (
    <section
      class="counts"
      aria-label={texts.counts.title}
      aria-busy={counts === null && problem === null ? 'true' : 'false'}
    >
      {(counts !== null || problem === null) && <Figures query={query} counts={counts} />}
      {counts !== null && <CompletenessNotes reports={counts.sources} noted={answer?.noted ?? []} />}
      {counts === null && problem === null && <p class="completeness">{texts.counts.counting}</p>}
      {!isSaid && (
        <p role="alert">
          {titleWhileRetried(problem)}{' '}
          <button type="button" class="quiet" onClick={retry}>
            {texts.problems.retry}
          </button>
        </p>
      )}
    </section>
  )
}

/** Before they are counted, the figures have their places, and can be chosen: so nothing moves, and the focus stays. */
function Figures({
  query,
  counts,
}: {
  readonly query: ListQuery
  readonly counts: Counted | null
}): JSX.Element {
  const { time, status } = view.value
  const figures =
    counts?.groups
      .map(({ status: one, count }) => ({ ...NO_FIGURES, [figureOf(one)]: count }))
      .reduce(addFigures, NO_FIGURES) ?? null
  const isBound = counts !== null && isLowerBound(counts.sources)
  const shown = FIGURES.filter((figure) => figure !== 'other' || (figures?.other ?? 0) > 0)
  return (
    <>
      <div class="figures">
        <FigureButton
          count={counts?.total ?? null}
          isBound={isBound}
          label={texts.counts.total}
          status={[]}
          isOn={status.length === 0}
        />
        {shown.map((figure) => (
          <FigureButton
            key={figure}
            figure={figure}
            count={isExcluded(figure, status) ? 'excluded' : (figures?.[figure] ?? null)}
            isBound={isBound}
            label={texts.counts[figure]}
            status={STATUSES_OF[figure]}
            isOn={String(STATUSES_OF[figure]) === String(status)}
          />
        ))}
      </div>
      <BarChart counts={counts} span={spanOf(time, now())} now={now()} />
      <div class="further">
        {counts !== null && <Earlier query={query} />}
        <nav aria-label={texts.counts.questions}>
          {(figures?.failed ?? 0) > 0 && <Question panel="failures" />}
          <Question panel="unanswered" />
        </nav>
      </div>
    </>
  )
}

/** Leads to the panel that answers what the figures leave open. */
function Question({ panel }: { readonly panel: 'failures' | 'unanswered' }): JSX.Element {
  const change = { panel: view.value.panel === panel ? null : panel }
  return (
    <a
      href={hrefOf(change)}
      aria-current={change.panel === null ? 'page' : undefined}
      onClick={(event) => follow(event, change)}
    >
      {texts.counts[panel]}
    </a>
  )
}

interface FigureProps {
  readonly figure?: Figure
  /** Null before it is known; `excluded` where the list has no such messages since other statuses were chosen. */
  readonly count: number | 'excluded' | null
  readonly isBound: boolean
  readonly label: string
  readonly status: (typeof STATUSES_OF)[Figure]
  readonly isOn: boolean
}

/** A figure of other statuses than those that are chosen would be 0, whatever there is of them. */
function isExcluded(figure: Figure, chosen: readonly MessageStatus[]): boolean {
  return chosen.length > 0 && !chosen.some((status) => STATUSES_OF[figure].includes(status))
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
      {typeof count !== 'number' ? (
        <span
          class="uncounted"
          role="img"
          aria-label={count === null ? texts.counts.counting : texts.counts.excluded}
        >
          {count === null ? '…' : '–'}
        </span>
      ) : (
        <span
          class="count"
          {...(isBound && { role: 'img', 'aria-label': texts.counts.atLeast(formatNumber(count)) })}
        >
          {isBound && '≥'}
          {formatNumber(count)}
        </span>
      )}
      <span class="name">{label}</span>
    </button>
  )
}
