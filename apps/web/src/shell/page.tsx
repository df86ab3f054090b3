import { Provider } from '@urql/preact'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { Gate, HiddenContent } from '../access/access.js'
import { view } from '../address/address.js'
import { createApiClient } from '../api/client.js'
import { now } from '../api/clock.js'
import { isLockedOut, session } from '../api/token.js'
import { Counts } from '../counts/counts.js'
import { FoundById } from '../list/found-by-id.js'
import { type ListAnswer, ListView } from '../list/list-view.js'
import { loginState } from '../login/login.js'
import { MessagePanel } from '../message/message-panel.js'
import { Notices } from '../parts/notices.js'
import { Filters } from '../search/filters.js'
import { AddressFaultNote, useAddressFault } from '../search/address-fault.js'
import { idOf, queryOf } from '../search/list-query.js'
import { texts } from '../texts/texts.js'
import { Header } from './header.js'
import { isInPlaceOfList, OpenPanel } from './panels.js'
import { useKnocking } from './use-knocking.js'
import { useToday } from './use-today.js'

/** The whole page. */
export function Page(): JSX.Element {
  // Somebody else may see other messages, so nothing of the earlier session is kept: the client, and with the key what each part has.
  const client = useMemo(createApiClient, [session.value])
  useKnocking()
  if (isLockedOut.value || loginState.value.phase === 'returning') return <Gate />
  return (
    <Provider key={session.value} value={client}>
      {!isInPlaceOfList(view.value.panel) && (
        <a class="skip" href="#messages">
          {texts.shell.skip}
        </a>
      )}
      <Header />
      <Notices />
      <Content />
    </Provider>
  )
}

function Content(): JSX.Element {
  // At midnight, "today" becomes another time.
  useToday()
  const key = JSON.stringify(queryOf(view.value, now()))
  const query = useMemo(() => queryOf(view.value, now()), [key])
  const id = idOf(view.value)
  const isListShown = !isInPlaceOfList(view.value.panel)
  const fault = useAddressFault()
  const hasQuery = id !== null || fault === null
  // The list is what one waits for: everything else that needs the server comes after it.
  const [answer, setAnswer] = useState<ListAnswer | null>(null)
  const isWaiting = isListShown && id === null && hasQuery && answer?.query !== query
  return (
    <main>
      {(answer !== null || !isWaiting) && <HiddenContent />}
      {isListShown && <Filters />}
      {isListShown && id === null && hasQuery && <Counts query={query} answer={isWaiting ? null : answer} />}
      <div class="columns">
        {isListShown && fault !== null && !hasQuery && <AddressFaultNote fault={fault} />}
        {isListShown &&
          hasQuery &&
          (id === null ? <ListView query={query} onAnswer={setAnswer} /> : <FoundById id={id} />)}
        {(hasQuery || !isListShown) && <OpenPanel query={query} />}
        {view.value.message !== null && <MessagePanel id={view.value.message} />}
      </div>
    </main>
  )
}
