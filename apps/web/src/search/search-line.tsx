import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { show, view } from '../address/address.js'
import { texts } from '../texts/texts.js'
import { meaningOf, otherMeanings } from './search-kind.js'

/** The one line that takes a number, a text or an id. It says how it was read, and offers the other readings. */
export function SearchLine(): JSX.Element {
  const { search, searchAs } = view.value
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current !== null) input.current.value = search
  }, [search])

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const text = input.current?.value.trim() ?? ''
    show({ search: text, searchAs: 'auto', message: null, panel: null })
  }

  return (
    <search class="search">
      <form onSubmit={submit}>
        <input
          ref={input}
          type="search"
          name="q"
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          placeholder={texts.search.line}
          aria-label={texts.search.line}
        />
        <button type="submit">{texts.search.search}</button>
      </form>
      {search !== '' && <Meaning search={search} meaning={meaningOf(search, searchAs)} />}
    </search>
  )
}

function Meaning({
  search,
  meaning,
}: {
  search: string
  meaning: ReturnType<typeof meaningOf>
}): JSX.Element {
  return (
    <p class="meaning">
      <span class="chip on">
        {texts.search.readAs[meaning]}: <bdi>{search.slice(0, 60)}</bdi>
        <button
          type="button"
          class="remove"
          aria-label={texts.search.clear}
          onClick={() => show({ search: '', searchAs: 'auto' })}
        >
          ×
        </button>
      </span>
      {otherMeanings(search, meaning).map((other) => (
        <button key={other} type="button" class="quiet" onClick={() => show({ searchAs: other })}>
          {texts.search.readInstead[other]}
        </button>
      ))}
    </p>
  )
}
