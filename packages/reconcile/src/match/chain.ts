import type { Rule } from '../finding.js'
import type { Settings } from '../options.js'
import { giveUp, type Held, type HeldEntry, type HeldMessage, isGivenUp } from './held.js'
import { alignGroup, settleGroup } from './settle-group.js'

/** A chain is first tried to be cut at this size: small enough to be cheap, large enough to be rare. */
const FIRST_CUT = 128

/** Entries and messages with one key, each within reach of the one before. More may be added. */
export interface Chain {
  readonly key: string
  entries: HeldEntry[]
  messages: HeldMessage[]
  /** The latest item. */
  last: Held | null
  /** The size at which a cut is tried next. */
  nextCut: number
  /** It is too large: whatever is still added is not settled either. */
  isGivenUp: boolean
}

export function newChain(key: string): Chain {
  return { key, entries: [], messages: [], last: null, nextCut: FIRST_CUT, isGivenUp: false }
}

export function addToChain(chain: Chain, item: Held): void {
  if (item.kind === 'entry') chain.entries.push(item)
  else chain.messages.push(item)
  chain.isGivenUp ||= isGivenUp(item)
  if (chain.last === null || item.time >= chain.last.time) chain.last = item
}

/** The entries and messages of a chain that no rule has settled yet, in order of time. */
export function openItems(chain: Chain): { entries: HeldEntry[]; messages: HeldMessage[] } {
  return {
    entries: chain.entries.filter(({ outcome }) => outcome === null).toSorted((a, b) => a.time - b.time),
    messages: chain.messages.filter(({ state }) => state === 'open').toSorted((a, b) => a.time - b.time),
  }
}

/**
 * Settles the beginning of a chain that goes on, as far as no later item can change it, and takes it off. So a number that gets the same text every minute is held for minutes, not for ever.
 *
 * @param time - everything earlier has been added.
 * @returns what was taken off.
 */
export function cutChain(chain: Chain, time: number, rule: Rule, settings: Settings): Held[] {
  if (chain.isGivenUp) return abandon(chain)
  if (chain.entries.length + chain.messages.length < chain.nextCut) return []
  const { entries, messages } = openItems(chain)
  const { i, j } = cutPlace(entries, messages, time, settings)
  const head = { entries: entries.slice(0, i), messages: messages.slice(0, j) }
  const kept: ReadonlySet<Held> = new Set([...entries.slice(i), ...messages.slice(j)])
  const taken = [...chain.entries, ...chain.messages].filter((item) => !kept.has(item))
  settleGroup(head.entries, head.messages, rule, settings)
  chain.entries = entries.slice(i)
  chain.messages = messages.slice(j)
  chain.nextCut = Math.max(FIRST_CUT, 2 * kept.size)
  return kept.size > settings.maxGroup ? [...taken, ...abandon(chain)] : taken
}

/**
 * The latest place that no pair of any best assignment crosses, whatever is added later: the first `i` entries and the
 * first `j` messages are then settled by themselves.
 */
function cutPlace(
  entries: readonly HeldEntry[],
  messages: readonly HeldMessage[],
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

/** Gives up everything in a chain. The latest item stays, as a mark of how far the chain reaches. */
function abandon(chain: Chain): Held[] {
  chain.isGivenUp = true
  const items: Held[] = [...chain.entries, ...chain.messages]
  for (const item of items) giveUp(item)
  chain.entries = chain.entries.filter((each) => each === chain.last)
  chain.messages = chain.messages.filter((each) => each === chain.last)
  return items.filter((each) => each !== chain.last)
}
