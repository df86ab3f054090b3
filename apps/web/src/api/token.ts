import { computed, effect, signal, untracked } from '@preact/signals'

const KEY = 'waybill.token'

/** What this browser session is let in with. */
export interface Credentials {
  readonly token: string
  /** Whether the identity provider gave it; false: the person has entered it. */
  readonly isLogin: boolean
  /** How to get the next token from the identity provider; null: the person enters one. */
  readonly renewal: Renewal | null
}

export interface Renewal {
  readonly refreshToken: string
  /** When the token is best renewed, in milliseconds since the epoch by the clock of this device; null: once it is refused. */
  readonly dueAt: number | null
}

/** What tabs of one browser session say to each other. No other page of the web can hear it. */
type Call =
  | { readonly kind: 'ask' | 'forget' }
  | { readonly kind: 'enter' | 'renew'; readonly credentials: Credentials }

const otherTabs = new BroadcastChannel('waybill.token')

/** What was entered, or came from the identity provider; null where nothing was. */
export const credentials = signal(read())

/** The token of this browser session; null where none was given. */
export const token = computed(() => credentials.value?.token ?? null)

/** Changes when somebody else may have come, who may see other messages: not when a token is renewed. */
export const session = signal(0)

/**
 * Calls a function at each change of the session. What a module keeps of a session ends there: whoever comes next must not see it, and
 * nothing that runs for the one before goes on.
 */
export function atSessionEnd(forget: () => void): void {
  let known = session.peek()
  effect(() => {
    if (session.value === known) return
    known = session.value
    untracked(forget)
  })
}

/** Whether the server has refused the token, or the lack of one. */
export const isLockedOut = signal(false)

/** Takes a token for this browser session only, in all of its tabs: it is never written to a disk by this page. */
export function enterToken(value: string): void {
  enterCredentials({ token: value, isLogin: false, renewal: null })
}

/** Takes what the identity provider gave, in the same way. */
export function enterCredentials(given: Credentials): void {
  keep(given)
  tell({ kind: 'enter', credentials: given })
}

/**
 * Takes the next token of the same person, in all tabs.
 *
 * @param before the token that it replaces. Where that one is not there any more, the next one is dropped: it was forgotten meanwhile
 * @returns whether it was taken
 */
export function renewCredentials(given: Credentials, before: string): boolean {
  if (token.value !== before) return false
  replace(given)
  tell({ kind: 'renew', credentials: given })
  return true
}

let renew = async (): Promise<boolean> => false

/** Says how a token that the server refuses is replaced: whether it was. */
export function renewTokensBy(how: () => Promise<boolean>): void {
  renew = how
}

/**
 * Tells that the server has refused a token: whether there is another one by now. If not, the page is locked.
 *
 * @param refused what was sent; null for no token
 */
export async function replaceToken(refused: string | null): Promise<boolean> {
  if (refused !== token.value || (await renew())) return token.value !== null
  isLockedOut.value = true
  return false
}

/** Forgets the token, in all tabs. */
export function forgetToken(): void {
  drop()
  tell({ kind: 'forget' })
}

otherTabs.addEventListener('message', ({ data }: MessageEvent<Call>) => {
  const known = credentials.value
  if (data.kind === 'forget') drop()
  else if (data.kind === 'enter') keep(data.credentials)
  else if (data.kind === 'renew' && known !== null) replace(data.credentials)
  else if (known !== null && !isLockedOut.value) tell({ kind: 'enter', credentials: known })
})

// A tab that was opened from another one has its own storage, and asks for the token.
if (credentials.value === null) tell({ kind: 'ask' })

function keep(given: Credentials): void {
  if (given.token === token.value && !isLockedOut.value) return
  replace(given)
  session.value += 1
  isLockedOut.value = false
}

function replace(given: Credentials): void {
  sessionStorage.setItem(KEY, JSON.stringify(given))
  credentials.value = given
}

function drop(): void {
  sessionStorage.removeItem(KEY)
  credentials.value = null
  session.value += 1
  isLockedOut.value = true
}

function tell(call: Call): void {
  otherTabs.postMessage(call)
}

/** Only this page writes there. */
function read(): Credentials | null {
  return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Credentials | null
}
