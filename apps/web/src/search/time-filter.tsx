import type { JSX } from 'preact'
import { show, view } from '../address/address.js'
import { dayOf, spanOf, type TimeChoice } from '../address/time-choice.js'
import { now } from '../api/clock.js'
import { zoneName } from '../texts/format.js'
import { texts } from '../texts/texts.js'

const PRESETS = ['all', 'today', 'yesterday', 'week'] as const

/** The time that is listed: a preset, or two days. The zone stands beside it. */
export function TimeFilter(): JSX.Element {
  const { time } = view.value
  return (
    <div class="group" role="group" aria-label={texts.search.time} title={texts.search.zone(zoneName())}>
      {PRESETS.map((kind) => (
        <button
          key={kind}
          type="button"
          class="chip"
          aria-pressed={time.kind === kind}
          onClick={() => show({ time: { kind } })}
        >
          {texts.search[kind]}
        </button>
      ))}
      <button
        type="button"
        class="chip"
        aria-pressed={time.kind === 'days'}
        onClick={() => show({ time: rangeFrom(time) })}
      >
        {texts.search.days}
      </button>
      {time.kind === 'days' && <Range from={time.from} to={time.to} />}
      <span class="zone">{texts.search.zone(zoneName())}</span>
    </div>
  )
}

function Range({ from, to }: { from: string | null; to: string | null }): JSX.Element {
  const choose = (change: { from?: string; to?: string }): void => {
    const days = { from, to, ...change }
    show({ time: { kind: 'days', from: days.from || null, to: days.to || null } })
  }
  return (
    <>
      <label class="field">
        <span>{texts.search.from}</span>
        <input
          type="date"
          value={from ?? ''}
          onChange={(event) => choose({ from: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{texts.search.to}</span>
        <input type="date" value={to ?? ''} onChange={(event) => choose({ to: event.currentTarget.value })} />
      </label>
    </>
  )
}

/** The days of a preset, to begin with. */
function rangeFrom(time: TimeChoice): TimeChoice {
  const { from, to } = spanOf(time, now())
  const last = to === null ? now() : to.getTime() - 1
  return { kind: 'days', from: dayOf(from ?? new Date(last)), to: dayOf(new Date(last)) }
}
