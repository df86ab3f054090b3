import { signal } from '@preact/signals'
import { enterCredentials } from '../api/token.js'
import type * as IdentityProvider from './identity-provider.js'
import type { PendingLogin } from './identity-provider.js'
import { readLoginSettings } from './login-settings.js'

const KEY = 'waybill.login'

/**
 * Where a login by the identity provider is. `notLoaded`: this server did not give what a login needs; `unreachable`: the identity
 * provider did not answer.
 */
export type LoginState =
  | { readonly phase: 'idle' | 'leaving' | 'returning' | 'notLoaded' | 'unreachable' }
  /** `words`: those of the identity provider; null where the answer was not what it should be. */
  | { readonly phase: 'refused'; readonly words: string | null }

/** A login that is kept while the person is with the identity provider, and the address that they left. */
interface KeptLogin extends PendingLogin {
  readonly queryString: string
}

const kept = readKept()
const answer = new URLSearchParams(location.search)

export const loginState = signal<LoginState>({ phase: isAnswer() ? 'returning' : 'idle' })

/** Sends the person to the identity provider, which sends them back to the same view. */
export async function leaveForLogin(): Promise<void> {
  loginState.value = { phase: 'leaving' }
  const loaded = await Promise.all([readLoginSettings(), loadProvider()]).catch(() => null)
  const [settings, provider] = loaded ?? [null, null]
  // A server that has no login any more was started anew, maybe with another page.
  if (settings === null || provider === null) {
    loginState.value = { phase: 'notLoaded' }
    return
  }
  try {
    const { address, pending } = await provider.beginLogin(settings, new URL('.', location.href).href)
    const login: KeptLogin = { ...pending, queryString: location.search }
    sessionStorage.setItem(KEY, JSON.stringify(login))
    location.assign(address)
  } catch {
    loginState.value = { phase: 'unreachable' }
  }
}

/** Ends the login that the address answers to, if it does, and shows the view that was left. */
export async function returnFromLogin(): Promise<void> {
  if (kept === null || !isAnswer()) return
  sessionStorage.removeItem(KEY)
  // The code is of no use to anybody else, and the view is the one before.
  history.replaceState(null, '', kept.queryString || location.pathname)
  dispatchEvent(new PopStateEvent('popstate'))
  const provider = await loadProvider().catch(() => null)
  if (provider === null) {
    loginState.value = { phase: 'notLoaded' }
    return
  }
  try {
    enterCredentials(await provider.endLogin(kept, answer))
    loginState.value = { phase: 'idle' }
  } catch (error) {
    const isNetwork = error instanceof TypeError
    loginState.value = isNetwork
      ? { phase: 'unreachable' }
      : { phase: 'refused', words: provider.refusalOf(error) }
  }
}

/** @throws whatever `import` throws where the script cannot be loaded. */
function loadProvider(): Promise<typeof IdentityProvider> {
  return import('./identity-provider.js')
}

/** Nobody but the identity provider knows the state of a login. */
function isAnswer(): boolean {
  return kept !== null && answer.get('state') === kept.state
}

/** Only this page writes there. */
function readKept(): KeptLogin | null {
  return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as KeptLogin | null
}
