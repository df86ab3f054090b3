import { computed, signal } from '@preact/signals'
import { changedView, parseView, printView, type View } from './view.js'

const queryString = signal(location.search)

addEventListener('popstate', () => {
  queryString.value = location.search
})

/** What the page shows. The address is its only state: going back and copying it work by themselves. */
export const view = computed(() => parseView(queryString.value))

/** The address of another view, relative to the page. */
export function hrefOf(change: Partial<View>): string {
  return printView(changedView(view.value, change)) || '.'
}

/** Shows another view, as a new entry of the browser's history. */
export function show(change: Partial<View>): void {
  const next = printView(changedView(view.value, change))
  if (next === queryString.value) return
  history.pushState(null, '', next || location.pathname)
  queryString.value = next
}

/** Follows a link to another view without loading the page again, unless the person wants it elsewhere. */
export function follow(event: MouseEvent, change: Partial<View>): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  show(change)
}
