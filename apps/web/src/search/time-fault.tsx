import type { JSX } from 'preact'
import { type TimeChoice, timeFaultOf } from '../address/time-choice.js'
import { texts } from '../texts/texts.js'

/** Takes the place of the list where the chosen time is invalid: it must stand neither for everything nor for nothing. */
export function TimeFault({ time }: { readonly time: TimeChoice }): JSX.Element | null {
  const fault = timeFaultOf(time)
  if (fault === null) return null
  return (
    <section class="list" id="messages" tabIndex={-1} aria-label={texts.list.title}>
      <p class="banner bad" role="alert">
        {time.kind === 'unreadable' ? texts.search.unreadable(time.text.slice(0, 60)) : texts.search.reversed}
      </p>
    </section>
  )
}
