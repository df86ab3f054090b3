import type { JSX } from 'preact'
import { texts } from '../texts/texts.js'

/** A script of the page could not be loaded: its server may be absent, or have another version of the page by now. */
export function NotLoaded(): JSX.Element {
  return (
    <p class="banner bad" role="alert">
      {texts.problems.notLoaded}{' '}
      <button type="button" onClick={() => location.reload()}>
        {texts.problems.reload}
      </button>
    </p>
  )
}
