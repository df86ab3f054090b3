import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { texts } from '../texts/texts.js'
import './panel.css'

export interface PanelProps {
  readonly title: ComponentChildren
  /** A wide panel takes the place of the list, a narrow one stands beside it. On a phone both cover the page. */
  readonly isWide?: boolean
  readonly close: () => void
  readonly children: ComponentChildren
}

/** What opens beside the list or in its place. It takes the focus, Escape closes it, and then the focus goes back. */
export function Panel({ title, isWide = false, close, children }: PanelProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  // A wide and a narrow panel may be open at once.
  const name = useId()
  useEffect(() => {
    const before = document.activeElement
    heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <aside
      class={isWide ? 'panel wide' : 'panel'}
      aria-labelledby={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <div class="panel-head">
        <h2 id={name} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={close}>
          {texts.shell.close}
        </button>
      </div>
      <div class="panel-body">{children}</div>
    </aside>
  )
}
