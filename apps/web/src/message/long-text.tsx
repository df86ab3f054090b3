import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { formatNumber } from '../texts/format.js'
import { texts } from '../texts/texts.js'

/** More than anybody reads at once, and little enough for a browser to lay out at once. */
const SHOWN = 4000

/** A text as it was sent, whatever is in it. A very long one is cut until the person wants all of it. */
export function LongText({ text, isCode = false }: { text: string; isCode?: boolean }): JSX.Element {
  const [isWhole, setWhole] = useState(false)
  const isCut = text.length > SHOWN && !isWhole
  return (
    <>
      <pre class={isCode ? 'long-text code' : 'long-text'} dir={isCode ? 'ltr' : 'auto'} tabIndex={0}>
        {isCut ? text.slice(0, SHOWN) : text}
      </pre>
      {isCut && (
        <p class="muted">
          {texts.message.cut(formatNumber(SHOWN), formatNumber(text.length))}{' '}
          <button type="button" class="quiet" onClick={() => setWhole(true)}>
            {texts.message.showAll}
          </button>
        </p>
      )}
    </>
  )
}
