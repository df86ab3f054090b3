import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { texts } from '../texts/texts.js'
import { Notices } from './notices.js'
import './panel.css'

export interface PanelProps {
  readonly title: ComponentChildren
  /** A wide panel takes the place of the list, a narrow one is beside it. In a small window both cover the page. */
  readonly isWide?: boolean
  readonly close: () => void
  readonly children: ComponentChildren
}

/** Where panels cover the page: the same as in panel.css. */
const SMALL_WINDOW = matchMedia('(max-width: 60rem)')

/** What opens beside the list or in its place. It takes the focus, Escape closes it, and then the focus goes back. */
export function Panel({ title, isWide = false, close, children }: PanelProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  // A wide and a narrow panel may be open at once.
  const name = useId()
  const isCovering = useCovering()
  // Before the first frame: what a panel covers is hidden then, and loses the focus.
  useLayoutEffect(() => {
    const before = document.activeElement
    heading.current?.focus()
    return () => {
      // Once this panel is removed: then nothing has the focus, unless another panel has taken it.
      queueMicrotask(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
      })
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
      {isCovering && <h1 class="unseen">Waybill</h1>}
      <div class="panel-head">
        <h2 id={name} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={close}>
          {texts.shell.close}
        </button>
      </div>
      {isCovering && <Notices />}
      <div class="panel-body">{children}</div>
    </aside>
  )
}

/** Whether panels cover the page, its name and its notices with it. */
function useCovering(): boolean {
  const [isCovering, setIsCovering] = useState(SMALL_WINDOW.matches)
  useEffect(() => {
    const read = (): void => setIsCovering(SMALL_WINDOW.matches)
    read()
    SMALL_WINDOW.addEventListener('change', read)
    return () => SMALL_WINDOW.removeEventListener('change', read)
  }, [])
  return isCovering
}
