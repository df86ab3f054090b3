import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '@urql/core'
import {
  type ListedMessageFragment,
  type ListReportFragment,
  MessagesPageDocument,
  type MessagesPageQuery,
} from '../api/operations.js'
import { describeProblem, type Problem } from '../api/problem.js'
import { type ListQuery, reportsOf } from '../search/list-query.js'
import { type Edge, entriesOf, type Entry, TOP } from './entries.js'

/** How many messages a page has. Where their texts are so long that the server refuses the page, it is divided. */
const PAGE_SIZE = 100
const DIVISOR = 10

/** How many rows before and after the visible ones are kept ready. */
const MARGIN = 60

/** A page of the list. Its rows are dropped while it is far out of sight; its cursor brings them back. */
interface Page {
  readonly after: string | null
  /** The place of its first row in the list. */
  readonly start: number
  readonly top: Edge
  readonly bottom: Edge
  readonly size: number
  readonly entries: readonly Entry[] | null
  /** Which of its rows are headings of days: known also while the rows are dropped, so that no height changes. */
  readonly days: readonly number[]
  /** Where the next page begins; null where the list ends. */
  readonly next: string | null
}

/** A list of messages that is read page by page as it is scrolled. */
export interface MessageList {
  readonly rowCount: ReadonlySignal<number>
  /** The numbers of the rows that are headings of days. Changes only when they do. */
  readonly dayRows: ReadonlySignal<ReadonlySet<number>>
  /** Whether all pages have been read. */
  readonly isEnded: ReadonlySignal<boolean>
  /** Whether all pages have been read and none has a message; marks of what cannot be known may be there. */
  readonly isEmpty: ReadonlySignal<boolean>
  readonly isLoading: ReadonlySignal<boolean>
  /** Whether the first page has arrived, or the reason why it has not. */
  readonly isAnswered: ReadonlySignal<boolean>
  readonly problem: ReadonlySignal<Problem | null>
  /** When the first message of the list was sent; null where it has none. */
  readonly newestTime: ReadonlySignal<number | null>
  /** What the sources say of the newest page; empty before there is one. */
  readonly reports: ReadonlySignal<readonly ListReportFragment[]>
  /** The row of that number; undefined where it is not loaded at present. */
  entryAt(index: number): Entry | undefined
  /** The row at a time: the gap that ends then, or else the first row that is not later; undefined where it is not loaded. */
  indexAt(time: number): number | undefined
  /** Whether a message would be among the rows that are loaded, or above them, and is not. */
  lacks(message: Pick<ListedMessageFragment, 'id' | 'sentAt'>): boolean
  /** Shows a message as it is now, where it is among the rows. */
  update(message: ListedMessageFragment): void
  /** Says which rows are in sight, so that these and the next ones are loaded. */
  show(first: number, last: number): void
  /** Reads again what could not be read. */
  retry(): void
  close(): void
}

/**
 * Reads the list of a query.
 *
 * @param client keeps no answer: pages out of sight are read again when they come into sight
 */
export function openMessageList(client: Client, query: ListQuery): MessageList {
  const pages = signal<readonly Page[]>([])
  const loading = signal(0)
  const problem = signal<Problem | null>(null)
  const reports = signal<readonly ListReportFragment[]>([])
  const newestTime = signal<number | null>(null)
  const subscriptions = new Map<number, () => void>()
  const rowCount = computed(() => pages.value.reduce((sum, { size }) => sum + size, 0))
  const dayPlaces = computed(() =>
    pages.value.flatMap(({ start, days }) => days.map((day) => start + day)).join(' '),
  )
  const isEnded = computed(() => pages.value.length > 0 && pages.value.at(-1)?.next === null)
  let sight = { first: 0, last: 0 }
  let pageSize = PAGE_SIZE
  watch(0, null, TOP)

  return {
    rowCount,
    dayRows: computed(() => new Set(dayPlaces.value.split(' ').filter(Boolean).map(Number))),
    isEnded,
    isEmpty: computed(() => isEnded.value && pages.value.every(hasNoMessage)),
    isLoading: computed(() => loading.value > 0),
    isAnswered: computed(() => pages.value.length > 0 || problem.value !== null),
    problem,
    newestTime,
    reports,
    entryAt: (index) => {
      const page = pages.value.findLast(({ start }) => start <= index)
      return page?.entries?.[index - page.start]
    },
    indexAt: (time) => {
      const page = pages.value.find(({ bottom, next }) => bottom.time < time || next === null)
      const entries = page?.entries ?? []
      const gap = entries.findIndex((entry) => entry.kind === 'gap' && Date.parse(entry.to) === time)
      const index = gap === -1 ? entries.findIndex((entry) => timeOf(entry) <= time) : gap
      return page === undefined || index === -1 ? undefined : page.start + index
    },
    lacks: ({ id, sentAt }) => {
      const time = Date.parse(sentAt)
      const near = pages.value.filter(
        ({ entries, top, bottom, next }) =>
          entries !== null && time <= top.time && (time >= bottom.time || next === null),
      )
      if (near.length === 0) return time >= (newestTime.value ?? 0)
      return !near.some(({ entries }) => entries?.some((entry) => isOf(entry, id)))
    },
    update: (message) => {
      const isIn = ({ entries }: Page): boolean => entries?.some((entry) => isOf(entry, message.id)) ?? false
      if (!pages.value.some(isIn)) return
      pages.value = pages.value.map((page) => (isIn(page) ? withMessage(page, message) : page))
    },
    show: (first, last) => {
      sight = { first, last }
      follow()
    },
    retry: () => {
      problem.value = null
      if (pages.value.length === 0) watch(0, null, TOP)
      else follow()
    },
    close: () => {
      for (const unsubscribe of subscriptions.values()) unsubscribe()
      subscriptions.clear()
    },
  }

  /** Loads what is in sight or near, unless something is wrong, and drops the rest. */
  function follow(): void {
    const { first, last } = sight
    pages.value.forEach((page, index) => {
      const isNear = page.start - MARGIN <= last && page.start + page.size + MARGIN >= first
      if (!isNear) drop(index)
      else if (problem.value === null) watch(index, page.after, page.top)
    })
    const end = pages.value.at(-1)
    if (end === undefined || end.next === null || problem.value !== null) return
    if (last + MARGIN >= end.start + end.size) watch(pages.value.length, end.next, end.bottom)
  }

  function watch(index: number, after: string | null, top: Edge): void {
    if (subscriptions.has(index)) return
    let isWaiting = true
    loading.value += 1
    const arrived = (): void => {
      if (isWaiting) loading.value -= 1
      isWaiting = false
    }
    const variables = { filter: query.filter, search: query.search, first: pageSize, after }
    let hasEnded = false
    const { unsubscribe } = client.query(MessagesPageDocument, variables).subscribe(({ data, error }) => {
      if (hasEnded) return
      arrived()
      if (error !== undefined && data?.messages === undefined)
        refuse(index, after, top, describeProblem(error))
      else if (data !== undefined) put(index, after, top, data.messages)
    })
    subscriptions.set(index, () => {
      hasEnded = true
      arrived()
      unsubscribe()
    })
    if (after !== null) follow()
  }

  function refuse(index: number, after: string | null, top: Edge, reason: Problem): void {
    // Whichever page it was, it is read again once nothing is wrong any more.
    subscriptions.get(index)?.()
    subscriptions.delete(index)
    if (reason.kind !== 'expensive' || pageSize === 1) {
      problem.value = reason
      return
    }
    pageSize = Math.ceil(pageSize / DIVISOR)
    watch(index, after, top)
  }

  function put(index: number, after: string | null, top: Edge, answer: MessagesPageQuery['messages']): void {
    const { nodes, pageInfo } = answer
    const sources = reportsOf(query, answer.sources)
    if (index === 0) {
      reports.value = sources
      newestTime.value = nodes[0] === undefined ? null : Date.parse(nodes[0].sentAt)
    }
    problem.value = null
    const next = pageInfo.hasNextPage ? pageInfo.endCursor : null
    const { entries, bottom } = entriesOf(nodes, sources, top, next === null)
    const before = pages.value.slice(0, index)
    const start = before.reduce((sum, { size }) => sum + size, 0)
    const days = entries.flatMap(({ kind }, place) => (kind === 'day' ? [place] : []))
    const page: Page = { after, start, top, bottom, size: entries.length, entries, days, next }
    const following = moved(pages.value.slice(index + 1), start + page.size)
    pages.value = [...before, page, ...following]
    // A page may be empty although others follow: reading had reached a limit.
    if (subscriptions.has(index)) follow()
  }

  function drop(index: number): void {
    const unsubscribe = subscriptions.get(index)
    if (unsubscribe === undefined) return
    unsubscribe()
    subscriptions.delete(index)
    pages.value = pages.value.map((page, at) => (at === index ? { ...page, entries: null } : page))
  }
}

function moved(pages: readonly Page[], start: number): Page[] {
  let next = start
  return pages.map((page) => {
    const moving = { ...page, start: next }
    next += page.size
    return moving
  })
}

function hasNoMessage({ entries }: Page): boolean {
  return entries !== null && !entries.some(({ kind }) => kind === 'message')
}

function isOf(entry: Entry, id: string): boolean {
  return entry.kind === 'message' && entry.message.id === id
}

function withMessage(page: Page, message: ListedMessageFragment): Page {
  const entries = page.entries?.map((entry) =>
    isOf(entry, message.id) ? ({ kind: 'message', message } as const) : entry,
  )
  return { ...page, entries: entries ?? null }
}

function timeOf(entry: Entry): number {
  switch (entry.kind) {
    case 'message':
      return Date.parse(entry.message.sentAt)
    case 'gap':
      return Date.parse(entry.to)
    case 'day':
    case 'reach':
      return Date.parse(entry.at)
  }
}
