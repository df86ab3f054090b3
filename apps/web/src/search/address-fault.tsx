import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { show, view } from '../address/address.js'
import { timeFaultOf } from '../address/time-choice.js'
import type { View } from '../address/view.js'
import { SourceNamesDocument } from '../api/operations.js'
import { texts } from '../texts/texts.js'
import { withoutFormatting } from './search-kind.js'

/** Why a view is not listed, in a sentence each, and what of it would be: it must stand neither for everything nor for nothing. */
export interface AddressFault {
  readonly words: readonly string[]
  readonly readable: Partial<View>
}

/** What is at fault with the address; null where nothing is, or where the sources are not known yet. */
export function useAddressFault(): AddressFault | null {
  const { time, source, unreadable } = view.value
  const [{ data }] = useQuery({ query: SourceNamesDocument, pause: source.length === 0 })
  const isKnown = (key: string): boolean => data === undefined || data.sources.some((one) => one.key === key)
  const unknown = source.filter((key) => !isKnown(key))
  const timeFault = timeFaultOf(time)
  const words = [
    ...(time.kind === 'unreadable' ? [texts.search.unreadableTime(shown(time.text))] : []),
    ...(timeFault === 'reversed' ? [texts.search.reversed] : []),
    ...unreadable.map(({ name, value }) => texts.search.unreadable[name](shown(value))),
    ...(unknown.length > 0 ? [texts.search.unknownSource(shown(unknown.join(', ')))] : []),
  ]
  if (words.length === 0) return null
  return {
    words,
    readable: {
      unreadable: [],
      source: source.filter(isKnown),
      time: timeFault === null ? time : { kind: 'all' },
    },
  }
}

/** More of a wrong value does not help to find it. */
const LONGEST = 60

function shown(value: string): string {
  return withoutFormatting(value.slice(0, LONGEST))
}

/** Takes the place of the list where the address is at fault. */
export function AddressFaultNote({
  fault: { words, readable },
}: {
  readonly fault: AddressFault
}): JSX.Element {
  return (
    <section class="list" id="messages" tabIndex={-1} aria-label={texts.list.title}>
      <div class="banner bad" role="alert">
        <div>
          {words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <button type="button" onClick={() => show(readable)}>
          {texts.search.listWithout}
        </button>
      </div>
    </section>
  )
}
