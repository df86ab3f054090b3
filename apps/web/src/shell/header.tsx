import type { JSX } from 'preact'
import { follow, hrefOf } from '../address/address.js'
import { EVERYTHING } from '../address/view.js'
import { liveState } from '../api/event-stream.js'
import { credentials, forgetToken } from '../api/token.js'
import { Menu } from '../parts/menu.js'
import { SavedViewsMenu } from '../search/saved-views-menu.js'
import { SearchLine } from '../search/search-line.js'
import { chooseLanguage, language, LANGUAGES } from '../texts/language.js'
import { texts } from '../texts/texts.js'
import { PanelLinks } from './panels.js'

/** The top of the page: its name, the search line, and the ways to everything else. */
export function Header(): JSX.Element {
  return (
    <header class="header">
      <h1>
        <a class="brand" href={hrefOf(EVERYTHING)} onClick={(event) => follow(event, EVERYTHING)}>
          Waybill
        </a>
      </h1>
      <SearchLine />
      <PanelLinks />
      <LiveMark />
      <SavedViewsMenu />
      <Menu id="menu" label={texts.shell.menu}>
        <label class="field">
          <span>{texts.shell.language}</span>
          <select value={language} onChange={(event) => choose(event.currentTarget.value)}>
            {LANGUAGES.map(({ code, name }) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <details>
          <summary>{texts.shell.marks}</summary>
          <dl class="marks">
            {texts.shell.marksExplain.map(([mark, words]) => (
              <div key={mark}>
                <dt>{mark}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </details>
        <a href="graphql">{texts.shell.api}</a>
        {credentials.value !== null && (
          <button type="button" onClick={forgetToken}>
            {credentials.value.isLogin ? texts.shell.logOut : texts.shell.forgetToken}
          </button>
        )}
      </Menu>
    </header>
  )
}

function choose(value: string): void {
  const chosen = LANGUAGES.find(({ code }) => code === value)
  if (chosen !== undefined) chooseLanguage(chosen.code)
}

/** Whether the list follows what happens. */
function LiveMark(): JSX.Element | null {
  const state = liveState.value
  if (state === 'off') return null
  return (
    <span class={`live-mark ${state}`} title={state === 'on' ? texts.live.onExplain : undefined}>
      {texts.live[state]}
    </span>
  )
}
