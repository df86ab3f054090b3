import { signal } from '@preact/signals'

/** A view under a name, on this device. */
export interface SavedView {
  readonly name: string
  /** The query string of its address. */
  readonly address: string
}

const KEY = 'waybill.views'

/** The saved views in the order of their names, the same in all tabs. */
export const savedViews = signal(read())

addEventListener('storage', ({ key }) => {
  if (key === KEY) savedViews.value = read()
})

/** Saves a view; one of the same name is replaced. */
export function saveView(view: SavedView): void {
  const others = read().filter(({ name }) => name !== view.name)
  write([...others, view].toSorted((one, other) => one.name.localeCompare(other.name)))
}

export function removeView(name: string): void {
  write(read().filter((one) => one.name !== name))
}

function write(views: readonly SavedView[]): void {
  localStorage.setItem(KEY, JSON.stringify(views))
  savedViews.value = views
}

/** What is in the storage may be of another version, or of another page of this origin. */
function read(): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSavedView) : []
  } catch {
    return []
  }
}

function isSavedView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'address' in value &&
    typeof value.address === 'string'
  )
}
