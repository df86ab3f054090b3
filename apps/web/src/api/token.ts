import { signal } from '@preact/signals'

const KEY = 'waybill.token'

/** What tabs of one browser session say to each other. No other page of the web can hear it. */
type Call =
  | { readonly kind: 'ask' }
  | { readonly kind: 'enter'; readonly token: string }
  | { readonly kind: 'forget' }

const otherTabs = new BroadcastChannel('waybill.token')

/** The token of this browser session; null where none was given. */
export const token = signal(sessionStorage.getItem(KEY))

/** Whether the server has refused the token, or the lack of one. */
export const isLockedOut = signal(false)

/** Takes a token for this browser session only, in all of its tabs: it is never written to a disk by this page. */
export function enterToken(value: string): void {
  keep(value)
  tell({ kind: 'enter', token: value })
}

/** Forgets the token, in all tabs. */
export function forgetToken(): void {
  drop()
  tell({ kind: 'forget' })
}

otherTabs.addEventListener('message', ({ data }: MessageEvent<Call>) => {
  if (data.kind === 'forget') drop()
  else if (data.kind === 'enter') keep(data.token)
  else if (token.value !== null && !isLockedOut.value) tell({ kind: 'enter', token: token.value })
})

// A tab that was opened from another one has its own storage, and asks for the token.
if (token.value === null) tell({ kind: 'ask' })

function keep(value: string): void {
  if (value === token.value && !isLockedOut.value) return
  sessionStorage.setItem(KEY, value)
  token.value = value
  isLockedOut.value = false
}

function drop(): void {
  sessionStorage.removeItem(KEY)
  token.value = null
  isLockedOut.value = true
}

function tell(call: Call): void {
  otherTabs.postMessage(call)
}
