import { Provider } from '@urql/preact'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { HiddenContent } from '../access/hidden-content.js'
import { TokenEntry } from '../access/token-entry.js'
import { view } from '../address/address.js'
import { createApiClient } from '../api/client.js'
import { now } from '../api/clock.js'
import { isLockedOut, token } from '../api/token.js'
import { FoundById } from '../list/found-by-id.js'
import { ListView } from '../list/list-view.js'
import { MessagePanel } from '../message/message-panel.js'
import { Filters } from '../search/filters.js'
import { idOf, queryOf } from '../search/list-query.js'
import { texts } from '../texts/texts.js'
import { Header } from './header.js'
import { Notices } from './notices.js'

/** The whole page. */
export function Page(): JSX.Element {
  // Another token may see other messages, so nothing of the earlier one is kept.
  const client = useMemo(createApiClient, [token.value])
  if (isLockedOut.value) return <TokenEntry />
  return (
    <Provider value={client}>
      <a class="skip" href="#messages">
        {texts.shell.skip}
      </a>
      <Header />
      <Notices />
      <HiddenContent />
      <main>
        <Filters />
        <div class="columns">
          <Messages />
          {view.value.message !== null && <MessagePanel id={view.value.message} />}
        </div>
      </main>
    </Provider>
  )
}

function Messages(): JSX.Element {
  const key = JSON.stringify(queryOf(view.value, now()))
  const query = useMemo(() => queryOf(view.value, now()), [key])
  const id = idOf(view.value)
  return id === null ? <ListView query={query} /> : <FoundById id={id} />
}
