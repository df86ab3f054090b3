import { holdsReference, longestWord, wordsOf } from '../compare/references.js'
import type { Settings } from '../options.js'
import type { Grouping } from './group-stage.js'
import type { ComparedEntry, ComparedMessage } from '../compare/compared.js'
import type { BufferedEntry, BufferedMessage } from './buffered-item.js'
import { settleGroup } from './settle-group.js'

/** What more entries and messages than this have in common, close together, is no reference to one message. */
const MOST_ALIKE = 64

/**
 * The rule `reference`: entries whose reference a message's raw object holds. Within a group, number and text decide
 * first, then the number alone; where a number is missing, only a single entry and a single message make a pair.
 */
export function referenceRule(): Grouping {
  /** How many entries there are with each reference, by the word that they are looked for with. */
  const references = new Map<string, Map<string, number>>()
  return {
    rule: 'reference',
    entriesFirst: true,
    entryKey: ({ reference }) => reference,
    messageKeys: (message) => keysOf(message, references),
    onEntry: (entry, isThere) => {
      countReference(references, entry, isThere ? 1 : -1)
    },
    settle: settleByReference,
  }
}

function countReference(
  references: Map<string, Map<string, number>>,
  { reference }: ComparedEntry,
  step: number,
): void {
  if (reference === null) return
  const word = longestWord(reference)
  const counts = references.get(word) ?? new Map<string, number>()
  const count = (counts.get(reference) ?? 0) + step
  if (count > 0) counts.set(reference, count)
  else counts.delete(reference)
  if (counts.size > 0) references.set(word, counts)
  else references.delete(word)
}

function keysOf(
  { rawValues }: ComparedMessage,
  references: ReadonlyMap<string, ReadonlyMap<string, number>>,
): string[] {
  if (references.size === 0) return []
  return [...wordsOf(rawValues)]
    .flatMap((word) => [...(references.get(word)?.keys() ?? [])])
    .filter((reference) => holdsReference(rawValues, reference))
}

function settleByReference(
  entries: readonly BufferedEntry[],
  messages: readonly BufferedMessage[],
  settings: Settings,
): void {
  if (entries.length + messages.length > MOST_ALIKE) return
  const numbers = new Set(entries.flatMap(({ entry }) => entry.to ?? []))
  for (const number of numbers) {
    const ours = entries.filter(({ entry }) => entry.to === number)
    const theirs = messages.filter(({ message }) => message.to === number)
    const texts = new Set(ours.flatMap(({ entry }) => entry.text ?? []))
    for (const text of texts)
      settleGroup(
        ours.filter(({ entry }) => entry.text === text),
        theirs.filter(({ message }) => message.text === text),
        'reference',
        settings,
      )
    settleGroup(openEntries(ours), openMessages(theirs), 'reference', settings)
  }
  const left = openEntries(entries)
  const unclaimed = openMessages(messages)
  if (left.length === 1 && unclaimed.length === 1 && !areOfTwoNumbers(left, unclaimed))
    settleGroup(left, unclaimed, 'reference', settings)
}

function openEntries(entries: readonly BufferedEntry[]): BufferedEntry[] {
  return entries.filter(({ outcome }) => outcome === null)
}

function openMessages(messages: readonly BufferedMessage[]): BufferedMessage[] {
  return messages.filter(({ state }) => state === 'open')
}

function areOfTwoNumbers([held]: readonly BufferedEntry[], [message]: readonly BufferedMessage[]): boolean {
  const ours = held?.entry.to ?? null
  const theirs = message?.message.to ?? null
  return ours !== null && theirs !== null && ours !== theirs
}
