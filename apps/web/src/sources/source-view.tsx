import type { JSX } from 'preact'
import { now } from '../api/clock.js'
import type { ShownSourceFragment } from '../api/operations.js'
import { problemOf } from '../api/problem.js'
import { ProblemText } from '../parts/problem-text.js'
import { formatAgo, formatDuration } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { Abilities } from './abilities.js'
import type { KnownHistory } from './known-history.js'
import { Spans } from './spans.js'
import { Strip, type StripProps } from './strip.js'

/** An archive is late when it has not caught up for this many pauses between polls, and for this time in milliseconds. */
const LATE_PAUSES = 3
const LATE_MS = 60_000

export interface SourceViewProps {
  readonly source: ShownSourceFragment
  readonly history: KnownHistory | undefined
  readonly shown: StripProps['shown']
}

/** One source: how it is read, how far behind it is, what is known of its history, what it can do. */
export function SourceView({ source, history, shown }: SourceViewProps): JSX.Element {
  const { label, provider, read, archive } = source
  return (
    <section class="source-view">
      <h3>
        <bdi>{label}</bdi>
      </h3>
      <p class="muted">
        {provider} · {texts.sources.read[read]}
        {archive !== null && ` · ${texts.sources.messages(archive.messageCount)}`}
      </p>
      {archive !== null && <Lag archive={archive} />}
      {history !== undefined && <Strip history={history} shown={shown} />}
      {history !== undefined && <Spans source={source.key} history={history} />}
      <Abilities source={source} />
    </section>
  )
}

function Lag({ archive }: { archive: NonNullable<ShownSourceFragment['archive']> }): JSX.Element {
  const { lastSyncedAt, pollIntervalSeconds, lastError, rejectedCount } = archive
  const lag = lastSyncedAt === null ? null : Math.max(0, now() - Date.parse(lastSyncedAt))
  const isLate = lag !== null && lag > Math.max(LATE_MS, LATE_PAUSES * 1000 * (pollIntervalSeconds ?? 0))
  return (
    <>
      <p class={isLate ? 'late' : undefined}>
        {lag === null ? texts.sources.neverSynced : texts.sources.caughtUp(formatAgo(lag))}
        {pollIntervalSeconds !== null &&
          ` · ${texts.sources.polls(formatDuration(pollIntervalSeconds * 1000))}`}
      </p>
      {lastError !== null && (
        <div class="banner bad" role="alert">
          <ProblemText problem={problemOf(lastError)} />
        </div>
      )}
      {rejectedCount > 0 && <p class="late">{texts.sources.rejected(rejectedCount)}</p>}
    </>
  )
}
