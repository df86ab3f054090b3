import { signal } from '@preact/signals'

const KEY = 'waybill.token'

/** The token of this browser session; null where none was given. */
export const token = signal(sessionStorage.getItem(KEY))

/** Whether the server has refused the token, or the lack of one. */
export const isLockedOut = signal(false)

/** Takes a token for this browser session only: it is never written to a disk by this page. */
export function enterToken(value: string): void {
  sessionStorage.setItem(KEY, value)
  token.value = value
  isLockedOut.value = false
}

/** Forgets the token. */
export function forgetToken(): void {
  sessionStorage.removeItem(KEY)
  token.value = null
  isLockedOut.value = true
}
