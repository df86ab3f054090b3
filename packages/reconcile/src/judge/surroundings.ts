import { type ComparedEntry, type ComparedMessage, referTo } from '../compare/compared.js'
import { mayBe } from '../compare/may-be.js'
import { resemblance } from '../compare/resemblance.js'
import type { OpenRange, ResemblingField, SimilarMessage } from '../finding.js'
import type { BufferedMessage } from '../match/buffered-item.js'
import type { ItemBuffer } from '../match/item-buffer.js'

/** What the messages around an entry without a message show, of those that no entry claims. */
export interface Surroundings {
  /** Whether the entry may be one of them that lacks a field. */
  readonly isPossible: boolean
  /** The fields that would decide, and that these messages lack. */
  readonly notListed: readonly ResemblingField[]
  /** Messages with the number or the text of the entry, the most similar first. */
  readonly similar: readonly SimilarMessage[]
}

/** More of them help nobody. */
const MOST_SIMILAR = 3

const DECIDING = ['whatsappId', 'to', 'text'] as const

/**
 * Looks at the unclaimed messages around an entry without a message. Those that the entry may be are marked as possible, and
 * those that resemble it with the resemblance.
 *
 * @param span - where the entry's message may be.
 * @param own - the window of the entry itself, within `span`.
 */
export function lookAround(
  buffer: ItemBuffer,
  entry: ComparedEntry,
  span: OpenRange,
  own: OpenRange,
): Surroundings {
  let isPossible = false
  const notListed = new Set<ResemblingField>()
  const similar: Similar[] = []
  for (let place = buffer.placeOf(span.from ?? -Infinity); place < buffer.end; place++) {
    const item = buffer.at(place)
    if (item === undefined || item.time > (span.to ?? Infinity)) break
    if (item.kind !== 'message' || (item.state !== 'open' && item.state !== 'possible')) continue
    if (isWithin(own, item.time)) addSimilar(similar, entry, item)
    const lacks = item.message.to === null || item.message.text === null
    if (!mayBe(entry, item.message) || (!lacks && !isWithin(own, item.time))) continue
    const fields = undecided(entry, item.message)
    for (const field of fields) notListed.add(field)
    item.notListed = [...new Set([...(item.notListed ?? []), ...fields])]
    item.state = 'possible'
    isPossible = true
  }
  for (const { held, shown } of similar) {
    const { deltaSeconds, differs } = shown
    held.similarTo = [...(held.similarTo ?? []), { entry: entry.entry, deltaSeconds, differs }]
  }
  return { isPossible, notListed: [...notListed], similar: similar.map(({ shown }) => shown) }
}

interface Similar {
  readonly held: BufferedMessage
  readonly shown: SimilarMessage
  /** The smaller, the more similar: one more equal field counts more than any distance in time. */
  readonly rank: readonly [unlike: number, distance: number]
}

/** Keeps the most similar ones, in order. */
function addSimilar(similar: Similar[], entry: ComparedEntry, held: BufferedMessage): void {
  const { message } = held
  const alike = resemblance(entry, message)
  if (alike === null) return
  const deltaSeconds = (message.sentAt - (entry.at ?? message.sentAt)) / 1000
  const rank = [-alike.equal, Math.abs(deltaSeconds)] as const
  const place = similar.findIndex((other) => isBefore(rank, other.rank))
  similar.splice(place === -1 ? similar.length : place, 0, {
    held,
    shown: { ...referTo(message), deltaSeconds, differs: alike.differs },
    rank,
  })
  if (similar.length > MOST_SIMILAR) similar.pop()
}

function isBefore(one: Similar['rank'], other: Similar['rank']): boolean {
  return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1])
}

/** The fields of the entry that a message lacks; its reference, where the message has all others. */
function undecided(entry: ComparedEntry, message: ComparedMessage): ResemblingField[] {
  const lacking = DECIDING.filter((field) => entry[field] !== null && message[field] === null)
  return lacking.length > 0 || entry.reference === null ? lacking : ['reference']
}

function isWithin({ from, to }: OpenRange, time: number): boolean {
  return time >= (from ?? -Infinity) && time <= (to ?? Infinity)
}
