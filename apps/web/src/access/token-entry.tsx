import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { enterToken, token } from '../api/token.js'
import { texts } from '../texts/texts.js'

/** Asks for the token, where the server wants one or refuses the one that was given. */
export function TokenEntry(): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const value = input.current?.value.trim() ?? ''
    if (value !== '') enterToken(value)
  }
  return (
    <main class="gate">
      <form onSubmit={submit}>
        <h1>{texts.access.title}</h1>
        <p>{texts.access.explain}</p>
        {token.value !== null && (
          <p class="banner bad" role="alert">
            {texts.access.refused}
          </p>
        )}
        <label class="field">
          <span>{texts.access.token}</span>
          <input ref={input} type="password" autocomplete="off" spellcheck={false} required autofocus />
        </label>
        <button type="submit" class="primary">
          {texts.access.enter}
        </button>
      </form>
    </main>
  )
}
