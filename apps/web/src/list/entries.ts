import type { ListedMessageFragment, ListReportFragment } from '../api/operations.js'
import { dayOf } from '../address/time-choice.js'

/** One row of the list: a message, or what has to be known about this place of the history. */
export type Entry =
  | { readonly kind: 'message'; readonly message: ListedMessageFragment }
  | { readonly kind: 'day'; readonly at: string }
  | { readonly kind: 'gap'; readonly source: string; readonly from: string; readonly to: string }
  | { readonly kind: 'reach'; readonly source: string; readonly at: string }

/** Where a page begins: what stands above its first message. */
export interface Edge {
  /** The earliest time of all messages above; Infinity for the first page. */
  readonly time: number
  /** The day of the last message above; null for the first page. */
  readonly day: string | null
}

export const TOP: Edge = { time: Number.POSITIVE_INFINITY, day: null }

export interface PageOfEntries {
  readonly entries: readonly Entry[]
  /** Where the next page begins. */
  readonly bottom: Edge
}

/**
 * The rows of one page of a list that is newest first. Each mark stands in front of the first message that is older than it, so
 * that each is on one page only.
 *
 * @param isLast whether the list ends with this page: then the marks of all earlier times follow
 */
export function entriesOf(
  messages: readonly ListedMessageFragment[],
  reports: readonly ListReportFragment[],
  top: Edge,
  isLast: boolean,
): PageOfEntries {
  const marks = marksOf(reports).filter(({ time }) => time <= top.time)
  const entries: Entry[] = []
  let { time, day } = top
  for (const message of messages) {
    const sentAt = Date.parse(message.sentAt)
    // The order is that of the upstream's own time, from which `sentAt` may differ a little.
    time = Math.min(time, sentAt)
    entries.push(...takeWhile(marks, (mark) => mark.time > time))
    const messageDay = dayOf(new Date(sentAt))
    if (messageDay !== day) entries.push({ kind: 'day', at: message.sentAt })
    day = messageDay
    entries.push({ kind: 'message', message })
  }
  if (isLast) entries.push(...marks.map(({ entry }) => entry))
  return { entries, bottom: { time, day } }
}

interface Mark {
  readonly time: number
  readonly entry: Entry
}

function marksOf(reports: readonly ListReportFragment[]): Mark[] {
  const marks = reports.flatMap(({ source: { label: source }, gaps, reachesBackTo: at }): Mark[] => [
    ...gaps.map(({ from, to }): Mark => ({ time: Date.parse(to), entry: { kind: 'gap', source, from, to } })),
    ...(at === null ? [] : [{ time: Date.parse(at), entry: { kind: 'reach', source, at } } satisfies Mark]),
  ])
  return marks.toSorted((one, other) => other.time - one.time)
}

/** Takes the first ones that fit out of the marks. */
function takeWhile(marks: Mark[], fits: (mark: Mark) => boolean): Entry[] {
  const end = marks.findIndex((mark) => !fits(mark))
  return marks.splice(0, end === -1 ? marks.length : end).map(({ entry }) => entry)
}
