import type { ComponentChildren, JSX } from 'preact'
import './menu.css'

/** A button that opens a small panel below it. Escape and a click elsewhere close it. */
export function Menu({
  id,
  label,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div class="menu">
      <button type="button" popovertarget={id}>
        {label}
      </button>
      <div id={id} popover="auto" class="menu-body">
        {children}
      </div>
    </div>
  )
}
