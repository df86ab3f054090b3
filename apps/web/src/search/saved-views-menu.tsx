import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { follow, hrefOf, view } from '../address/address.js'
import { parseView, printView } from '../address/view.js'
import { Menu } from '../parts/menu.js'
import { texts } from '../texts/texts.js'
import { removeView, savedViews, saveView } from './saved-views.js'

/** Goes to a saved view, saves the present one, and removes one. */
export function SavedViewsMenu(): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const name = input.current?.value.trim() ?? ''
    if (name === '' || input.current === null) return
    saveView({ name, address: printView({ ...view.value, message: null, panel: null }) })
    input.current.value = ''
  }
  return (
    <Menu id="saved-views" label={texts.search.savedViews}>
      {savedViews.value.length === 0 && <p class="muted">{texts.search.noViews}</p>}
      <ul class="plain">
        {savedViews.value.map(({ name, address }) => (
          <li key={name} class="saved-view">
            <a href={hrefOf(parseView(address))} onClick={(event) => follow(event, parseView(address))}>
              <bdi>{name}</bdi>
            </a>
            <button
              type="button"
              class="remove"
              aria-label={texts.search.remove(name)}
              onClick={() => removeView(name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <label class="field">
          <span>{texts.search.viewName}</span>
          <input ref={input} maxLength={60} required />
        </label>
        <button type="submit">{texts.search.save}</button>
      </form>
    </Menu>
  )
}
