/**
 * Keeps the focus near where it was: a button that vanishes when it is pressed would leave the keyboard and screen readers at the
 * beginning of the page. The nearest part that was around it, and is still there, gets the focus.
 */
export function keepFocus(root: HTMLElement): void {
  let path: readonly HTMLElement[] = []
  root.addEventListener('focusin', ({ target }) => {
    path = target instanceof HTMLElement ? pathTo(target, root) : []
  })
  const observer = new MutationObserver(() => {
    const [last] = path
    if (last === undefined || last.isConnected || document.activeElement !== document.body) return
    const remaining = path.filter(({ isConnected }) => isConnected)
    path = []
    remaining.find(takesFocus)
  })
  observer.observe(root, { childList: true, subtree: true })
}

/** Moves the focus to the list of messages, where there is one. */
export function focusList(): void {
  document.getElementById('messages')?.focus()
}

/** An element and what it is in, up to the root and without it. */
function pathTo(element: HTMLElement, root: HTMLElement): HTMLElement[] {
  const { parentElement } = element
  return parentElement === null || parentElement === root
    ? [element]
    : [element, ...pathTo(parentElement, root)]
}

/** Focuses even what cannot have the focus otherwise; a part without a box of its own never has it. */
function takesFocus(element: HTMLElement): boolean {
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus()
  return document.activeElement === element
}
