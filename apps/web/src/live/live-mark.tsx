import type { JSX } from 'preact'
import { liveState } from '../api/event-stream.js'
import { texts } from '../texts/texts.js'

/** Whether the list follows what happens. */
export function LiveMark(): JSX.Element | null {
  const state = liveState.value
  if (state === 'off') return null
  return (
    <span class={`live-mark ${state}`} title={state === 'on' ? texts.live.onExplain : undefined}>
      {texts.live[state]}
    </span>
  )
}
