import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { follow, hrefOf, view } from '../address/address.js'
import { dayOf, type TimeChoice } from '../address/time-choice.js'
import { now } from '../api/clock.js'
import { CountsDocument } from '../api/operations.js'
import { isLowerBound } from '../parts/completeness.js'
import { type ListQuery, reportsOf } from '../search/list-query.js'
import { formatDays, formatNumber, formatTimeOfDay, timeZone } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { earlierTime } from './earlier-time.js'
import { MAX_UPSTREAM_REQUESTS } from './use-counts.js'

/** The counts of the same query for the week or the month before, to compare; nothing where no time is chosen. */
export function Earlier({ query }: { readonly query: ListQuery }): JSX.Element | null {
  const { time } = view.value
  const earlier = useMemo(() => earlierTime(time, now()), [query])
  const sentAt = earlier && { gte: earlier.from.toISOString(), lt: earlier.to.toISOString() }
  const before = { ...query, filter: { ...query.filter, sentAt } }
  const [{ data }] = useQuery({
    query: CountsDocument,
    pause: earlier === null,
    variables: { ...before, timeZone: timeZone(), maxUpstreamRequests: MAX_UPSTREAM_REQUESTS },
  })
  if (earlier === null || data === undefined) return null
  const { total, groups, sources } = data.messageCounts
  const failed = groups.reduce((sum, { status, count }) => sum + (status === 'FAILED' ? count : 0), 0)
  const [from, to] = [dayOf(earlier.from), dayOf(new Date(earlier.to.getTime() - 1))]
  const days: TimeChoice = { kind: 'days', from, to }
  const bound = isLowerBound(reportsOf(before, sources)) ? '≥' : ''
  return (
    <p>
      {texts.counts.compare}{' '}
      <a href={hrefOf({ time: days })} onClick={(event) => follow(event, { time: days })}>
        {formatDays(from, to)}
      </a>
      {earlier.isPartial && ` ${texts.counts.untilTime(formatTimeOfDay(earlier.to))}`}
      {`: ${texts.counts.earlier(total, `${bound}${formatNumber(failed)}`, bound)}`}
    </p>
  )
}
