import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ContentProbeDocument } from '../api/operations.js'
import { describeProblem, type Problem } from '../api/problem.js'
import { enterToken, token } from '../api/token.js'
import { leaveForLogin, loginState } from '../login/login.js'
import { readLoginSettings } from '../login/login-settings.js'
import { NotLoaded } from '../parts/not-loaded.js'
import { Notices } from '../parts/notices.js'
import { ProblemNote } from '../parts/problem-note.js'
import { texts } from '../texts/texts.js'

/** More of the identity provider's words is no explanation. */
const LONGEST_WORDS = 300

/** Lets a person in who has no token, or one that the server refuses: by the identity provider, or with a token. */
export function Gate(): JSX.Element {
  return (
    <>
      <Notices hasContent={false} />
      <main class="gate">
        <Entries />
      </main>
    </>
  )
}

function Entries(): JSX.Element {
  const { hasLogin, problem, retry } = useHasLogin()
  const { phase } = loginState.value
  if (phase === 'returning') return <p role="status">{texts.access.returning}</p>
  if (problem !== null) return <ProblemNote problem={problem} retry={retry} isBelowNotices />
  if (hasLogin === null) return <p role="status">{texts.list.loading}</p>
  return (
    <div class="entries">
      <h1>{hasLogin ? texts.access.loginTitle : texts.access.title}</h1>
      <Refusal />
      {hasLogin && <Login />}
      {hasLogin ? (
        <details>
          <summary>{texts.access.tokenInstead}</summary>
          <TokenEntry />
        </details>
      ) : (
        <TokenEntry />
      )}
    </div>
  )
}

/** Why one is here again. */
function Refusal(): JSX.Element | null {
  const state = loginState.value
  if (state.phase === 'notLoaded') return <NotLoaded />
  const text =
    state.phase === 'unreachable'
      ? texts.access.unreachable
      : state.phase === 'refused'
        ? texts.access.loginRefused
        : token.value === null
          ? null
          : texts.access.refused
  if (text === null) return null
  return (
    <div class="banner bad" role="alert">
      <p>{text}</p>
      {state.phase === 'refused' && state.words !== null && <p>{state.words.slice(0, LONGEST_WORDS)}</p>}
    </div>
  )
}

function Login(): JSX.Element {
  if (!isSecureContext) return <p>{texts.access.needsHttps}</p>
  const isLeaving = loginState.value.phase === 'leaving'
  return (
    <>
      <p>{texts.access.loginExplain}</p>
      <button
        type="button"
        class="primary"
        aria-disabled={isLeaving}
        onClick={() => {
          if (!isLeaving) void leaveForLogin()
        }}
        autofocus
      >
        {texts.access.login}
      </button>
    </>
  )
}

function TokenEntry(): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const value = input.current?.value.trim() ?? ''
    if (value !== '') enterToken(value)
  }
  return (
    <form onSubmit={submit}>
      <p>{texts.access.explain}</p>
      <label class="field">
        <span>{texts.access.token}</span>
        <input ref={input} type="password" autocomplete="off" spellcheck={false} required autofocus />
      </label>
      <button type="submit">{texts.access.enter}</button>
    </form>
  )
}

interface LoginOffer {
  /** Whether the server lets people log in with an identity provider; null before that is known. */
  readonly hasLogin: boolean | null
  /** Why it is not known. */
  readonly problem: Problem | null
}

function useHasLogin(): LoginOffer & { retry: () => void } {
  const [offer, setOffer] = useState<LoginOffer>({ hasLogin: null, problem: null })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    readLoginSettings().then(
      (settings) => setOffer({ hasLogin: settings !== null, problem: null }),
      () => setOffer({ hasLogin: null, problem: { ...NO_ANSWER } }),
    )
  }, [turn])
  return { ...offer, retry: () => setTurn((now) => now + 1) }
}

/** A server whose answer cannot be read, as that of a proxy, is as absent as one that gives none. */
const NO_ANSWER: Problem = { kind: 'gone', code: '', message: '', retryAfterSeconds: null }

/** Whether the token has no access to contents; false before that is known. */
export function useIsContentHidden(): boolean {
  const [{ error }] = useQuery({ query: ContentProbeDocument })
  return error !== undefined && describeProblem(error).kind === 'forbidden'
}

/** Says what is hidden, where the token has no access to contents. */
export function HiddenContent(): JSX.Element | null {
  if (!useIsContentHidden()) return null
  return (
    <p class="banner" role="status">
      {texts.access.contentHidden}
    </p>
  )
}
