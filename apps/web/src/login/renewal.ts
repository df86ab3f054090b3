import { effect } from '@preact/signals'
import { credentials, renewCredentials, renewTokensBy, token } from '../api/token.js'
import { readLoginSettings } from './login-settings.js'

/** What a timer can wait for, in milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How long the tab that has renewed the token keeps the others waiting, so that they hear of it first, in milliseconds. */
const HEARING_MS = 300

/** Renews tokens of the identity provider before they end, and when the server refuses one. */
export function keepRenewed(): void {
  renewTokensBy(renewOnce)
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    clearTimeout(timer)
    const dueAt = credentials.value?.renewal?.dueAt ?? null
    if (dueAt === null) return
    const wait = Math.min(Math.max(0, dueAt - Date.now()), LONGEST_TIMER_MS)
    timer = setTimeout(() => void renewOnce(), wait)
  })
}

let underWay: Promise<boolean> | null = null

function renewOnce(): Promise<boolean> {
  underWay ??= renew().finally(() => (underWay = null))
  return underWay
}

/** A refresh token may be good for one use: of several tabs, one renews and tells the others. */
async function renew(): Promise<boolean> {
  const before = token.value
  if (before === null || credentials.value === null || credentials.value.renewal === null) return false
  return navigator.locks.request('waybill.renewal', async () => {
    const renewal = credentials.value?.renewal ?? null
    if (token.value !== before || renewal === null) return token.value !== null
    try {
      const [settings, { refresh }] = await Promise.all([
        readLoginSettings(),
        import('./identity-provider.js'),
      ])
      if (settings === null) return false
      if (!renewCredentials(await refresh(settings, renewal.refreshToken), before)) return false
      await new Promise((resolve) => setTimeout(resolve, HEARING_MS))
      return true
    } catch {
      // The token may be good for a while; once the server refuses it, the person logs in again.
      return false
    }
  })
}
