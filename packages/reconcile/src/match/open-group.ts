import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import {
  giveUp,
  type BufferedItem,
  type BufferedEntry,
  type BufferedMessage,
  isGivenUp,
} from './buffered-item.js'
import { alignGroup, settleGroup } from './settle-group.js'

/** A group is first tried to be cut at this size: small enough to be cheap, large enough to be rare. */
const FIRST_CUT = 128

/** Entries and messages with one key, each within reach of the one before. More may be added. */
export interface OpenGroup {
  readonly key: string
  entries: BufferedEntry[]
  messages: BufferedMessage[]
  /** The latest item. */
  last: BufferedItem | null
  /** The size at which a cut is tried next. */
  nextCut: number
  /** It is too large: whatever is still added is not settled either. */
  isGivenUp: boolean
}

export function newGroup(key: string): OpenGroup {
  return { key, entries: [], messages: [], last: null, nextCut: FIRST_CUT, isGivenUp: false }
}

export function addToGroup(group: OpenGroup, item: BufferedItem): void {
  if (item.kind === 'entry') group.entries.push(item)
  else group.messages.push(item)
  group.isGivenUp ||= isGivenUp(item)
  if (group.last === null || item.time >= group.last.time) group.last = item
}

/** The entries and messages of a group that no rule has settled yet, in order of time. */
export function openItems(group: OpenGroup): { entries: BufferedEntry[]; messages: BufferedMessage[] } {
  return {
    entries: group.entries.filter(({ outcome }) => outcome === null).toSorted((a, b) => a.time - b.time),
    messages: group.messages.filter(({ state }) => state === 'open').toSorted((a, b) => a.time - b.time),
  }
}

/**
 * Settles the beginning of a group that goes on, as far as no later item can change it, and takes it off. So a number that gets the same text every minute is held for minutes, not for ever.
 *
 * @param time - everything earlier has been added.
 * @returns what was taken off.
 */
export function cutGroup(group: OpenGroup, time: number, rule: Rule, settings: Settings): BufferedItem[] {
  if (group.isGivenUp) return abandon(group)
  if (group.entries.length + group.messages.length < group.nextCut) return []
  const { entries, messages } = openItems(group)
  const { i, j } = cutPlace(entries, messages, time, settings)
  const head = { entries: entries.slice(0, i), messages: messages.slice(0, j) }
  const kept: ReadonlySet<BufferedItem> = new Set([...entries.slice(i), ...messages.slice(j)])
  const taken = [...group.entries, ...group.messages].filter((item) => !kept.has(item))
  settleGroup(head.entries, head.messages, rule, settings)
  group.entries = entries.slice(i)
  group.messages = messages.slice(j)
  group.nextCut = Math.max(FIRST_CUT, 2 * kept.size)
  return kept.size > settings.maxGroup ? [...taken, ...abandon(group)] : taken
}

/**
 * The latest place that no pair of any best assignment crosses, whatever is added later: the first `i` entries and the
 * first `j` messages are then settled by themselves.
 */
function cutPlace(
  entries: readonly BufferedEntry[],
  messages: readonly BufferedMessage[],
  time: number,
  settings: Settings,
): { i: number; j: number } {
  const { beforeMs, afterMs } = settings.window
  const closedEntries = count(entries, (each) => each.time + afterMs < time)
  const closedMessages = count(messages, (each) => each.time + beforeMs < time)
  const ends: [number, number][] = []
  for (let j = closedMessages; j <= messages.length; j++) ends.push([entries.length, j])
  for (let i = closedEntries; i < entries.length; i++) ends.push([i, messages.length])
  const { options } = alignGroup(entries, messages, settings).optionsFrom(ends)
  // From here on, the first message that an entry may have.
  const from: number[] = Array.from({ length: entries.length + 1 }, () => messages.length)
  for (let i = entries.length - 1; i >= 0; i--)
    from[i] = Math.min(from[i + 1] ?? messages.length, options[i]?.[0] ?? messages.length)
  let needed = 0
  let place = { i: 0, j: Math.min(from[0] ?? 0, closedMessages) }
  for (let i = 1; i <= closedEntries; i++) {
    needed = Math.max(needed, (options[i - 1]?.at(-1) ?? -1) + 1)
    const j = Math.min(from[i] ?? 0, closedMessages)
    if (j >= needed) place = { i, j }
  }
  return place
}

function count<T>(items: readonly T[], holds: (item: T) => boolean): number {
  const at = items.findIndex((item) => !holds(item))
  return at === -1 ? items.length : at
}

/** Gives up everything in a group. The latest item stays, as a mark of how far the group reaches. */
function abandon(group: OpenGroup): BufferedItem[] {
  group.isGivenUp = true
  const items: BufferedItem[] = [...group.entries, ...group.messages]
  for (const item of items) giveUp(item)
  group.entries = group.entries.filter((each) => each === group.last)
  group.messages = group.messages.filter((each) => each === group.last)
  return items.filter((each) => each !== group.last)
}
