import type { JSX } from 'preact'
import { show, view } from '../address/address.js'
import { dayOf, NAMED_TIMES, spanOf, type TimeChoice } from '../address/time-choice.js'
import { now } from '../api/clock.js'
import { zoneName } from '../texts/format.js'
import { texts } from '../texts/texts.js'
import { DayField } from './day-field.js'

/** The time that is listed: a preset, or two days. The zone stands beside it. */
export function TimeFilter(): JSX.Element {
  const { time } = view.value
  const isRange = time.kind === 'days' || time.kind === 'unreadable'
  return (
    <div class="group" role="group" aria-label={texts.search.time} title={texts.search.zone(zoneName())}>
      {NAMED_TIMES.map((kind) => (
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
        aria-pressed={isRange}
        onClick={() => show({ time: rangeFrom(time) })}
      >
        {texts.search.days}
      </button>
      {time.kind === 'days' && <Range from={time.from} to={time.to} />}
      {time.kind === 'unreadable' && <Range from={null} to={null} />}
      <span class="zone">{texts.search.zone(zoneName())}</span>
    </div>
  )
}

function Range({ from, to }: { from: string | null; to: string | null }): JSX.Element {
  return (
    <>
      <DayField
        label={texts.search.from}
        day={from}
        choose={(day) => show({ time: { kind: 'days', from: day, to } })}
      />
      <DayField
        label={texts.search.to}
        day={to}
        choose={(day) => show({ time: { kind: 'days', from, to: day } })}
      />
    </>
  )
}

/** The days of a preset, to begin with. */
function rangeFrom(time: TimeChoice): TimeChoice {
  const { from, to } = spanOf(time, now())
  const last = to === null ? now() : to.getTime() - 1
  return { kind: 'days', from: dayOf(from ?? new Date(last)), to: dayOf(new Date(last)) }
}
