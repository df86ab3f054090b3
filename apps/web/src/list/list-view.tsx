import { useClient } from '@urql/preact'
import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { hrefOf, view } from '../address/address.js'
import { createListClient } from '../api/client.js'
import { now } from '../api/clock.js'
import type { ListReportFragment } from '../api/operations.js'
import type { Problem } from '../api/problem.js'
import { isOfBrowser } from '../parts/browser-keys.js'
import { focusList } from '../parts/keep-focus.js'
import { ProblemNote } from '../parts/problem-note.js'
import type { ListQuery } from '../search/list-query.js'
import { texts } from '../texts/texts.js'
import { NewMessages } from '../live/new-messages.js'
import './list.css'
import { notedOf, Notes } from './notes.js'
import { openMessageList } from './message-list.js'
import { usePageScrollsFirst } from './page-scroll.js'
import { Row } from './row.js'
import { useHeight, useVirtualRows } from './use-virtual-rows.js'

/** How many rows are read on the way to a time that the address names. */
const MOST_PASSED = 5000

export interface ListViewProps {
  readonly query: ListQuery
  /** Called once there is something to see of the list of a query, and when that changes. */
  readonly onAnswer: (answer: ListAnswer) => void
}

/** What the list of a query says above its rows. */
export interface ListAnswer {
  readonly query: ListQuery
  /** The reports that have a note there. */
  readonly noted: readonly ListReportFragment[]
  readonly problem: Problem | null
}

/** The list of messages: newest first, without end, and with what cannot be known where it belongs. */
export function ListView({ query, onAnswer }: ListViewProps): JSX.Element {
  const session = useClient()
  const client = useMemo(createListClient, [session])
  const [turn, setTurn] = useState(0)
  const list = useMemo(() => openMessageList(client, query), [client, query, turn])
  const openedAt = useMemo(now, [list])
  useEffect(() => () => list.close(), [list])
  const scrollElement = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<number | null>(null)
  const isHeld = usePageScrollsFirst()
  const count = list.rowCount.value
  const { items, height, scrollTo } = useVirtualRows({
    scrollElement,
    count,
    rowHeight: useHeight('--row-height'),
    dayHeight: useHeight('--day-height'),
    dayRows: list.dayRows.value,
    kept: active,
  })
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    scrollElement.current?.scrollTo(0, 0)
    setActive(null)
  }, [list])
  // Goes to the time that the address names, once: the list may be read again from its newest message afterwards.
  const { at } = view.value
  const reached = useRef<string | null>(null)
  useEffect(() => {
    const target = at === null || at === reached.current ? undefined : list.indexAt(Date.parse(at))
    if (at === null || target !== undefined || list.isEnded.value || count > MOST_PASSED) reached.current = at
    // All rows on the way are kept until it is reached.
    list.show(first, at === reached.current ? last : count)
    if (target !== undefined) focusRow(target)
  }, [list, first, last, count, at])
  const firstLink = items.find(({ index }) => list.entryAt(index)?.kind === 'message')?.index

  function move(event: KeyboardEvent): void {
    if (isOfBrowser(event)) return
    const from = active ?? firstLink ?? 0
    const target = targetOf(event.key, from, count - 1)
    if (target === null) return
    event.preventDefault()
    const step = target < from ? -1 : 1
    let index = target
    while (index > 0 && index < count - 1 && list.entryAt(index)?.kind !== 'message') index += step
    focusRow(index)
  }

  function focusRow(index: number): void {
    scrollTo(index)
    setActive(index)
    requestAnimationFrame(() =>
      scrollElement.current
        ?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, [tabindex])`)
        ?.focus(),
    )
  }

  const reports = list.reports.value
  const problem = list.problem.value
  const hasRows = count > 0
  useEffect(() => {
    if (list.isAnswered.value) onAnswer({ query, noted: notedOf(reports, hasRows), problem })
  }, [query, list.isAnswered.value, reports, hasRows, problem])

  function readAgain(): void {
    setTurn(turn + 1)
    focusList()
  }

  return (
    <section class="list" aria-label={texts.list.title}>
      <Notes
        query={query}
        openedAt={openedAt}
        reports={reports}
        isEmpty={list.isEmpty.value}
        hasRows={hasRows}
        retry={readAgain}
      />
      {problem !== null && <ProblemNote problem={problem} retry={list.retry} isBelowNotices />}
      <NewMessages query={query} turn={turn} list={list} show={readAgain} />
      <div
        class={isHeld ? 'rows held' : 'rows'}
        id="messages"
        ref={scrollElement}
        tabIndex={-1}
        onKeyDown={move}
      >
        <ul style={{ height: `${height}px` }} aria-busy={list.isLoading.value}>
          {items.map(({ index, start, size }) => {
            const entry = list.entryAt(index)
            const isFocusable = index === (active ?? firstLink)
            return (
              <li
                key={index}
                data-index={index}
                style={{ transform: `translateY(${start}px)`, height: `${size}px` }}
                onFocusIn={() => setActive(index)}
              >
                {entry === undefined ? (
                  <div class="row mark">{texts.list.loading}</div>
                ) : (
                  <Row
                    entry={entry}
                    href={entry.kind === 'message' ? hrefOf({ message: entry.message.id }) : ''}
                    tabIndex={isFocusable ? 0 : -1}
                    isOpen={entry.kind === 'message' && entry.message.id === view.value.message}
                  />
                )}
              </li>
            )
          })}
        </ul>
        <Foot list={list} />
      </div>
    </section>
  )
}

function Foot({ list }: { list: ReturnType<typeof openMessageList> }): JSX.Element | null {
  if (list.isLoading.value) {
    const text = list.rowCount.value === 0 ? texts.list.loading : texts.list.loadingOlder
    return (
      <p class="foot" role="status">
        {text}
      </p>
    )
  }
  if (!list.isEnded.value || list.isEmpty.value) return null
  const isWhole = list.reports.value.every(({ completeness }) => completeness === 'COMPLETE')
  return <p class="foot">{isWhole ? texts.list.end : texts.list.endIncomplete}</p>
}

/** How far the keys of a page move, in rows. */
const LEAP = 15

function targetOf(key: string, from: number, last: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    PageDown: from + LEAP,
    PageUp: from - LEAP,
    Home: 0,
    End: last,
  }
  const target = targets[key]
  return target === undefined ? null : Math.max(0, Math.min(last, target))
}
