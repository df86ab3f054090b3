import type { MessageDirection, MessageSort } from '@waybill/core'
import { type BoundaryState, type Mark, NOTHING_SEEN, type Proof } from './boundary.js'

/** A list that is read from its head until nothing behind can be new. */
export interface PassKind {
  readonly name: 'head' | 'changes'
  readonly sort: MessageSort
  readonly proof: Proof
  /** Whether a row that looks otherwise than it is stored is news, or only one that is not stored. */
  readonly mindsChanges: boolean
  /** A pass that takes much more to be certain, once in a while. */
  readonly deep?: { readonly everyMs: number; readonly proof: Proof }
}

/** Where the passes over one list stand, as a plain value. */
export interface PassState {
  /** When the last pass that has ended began, in milliseconds since the epoch. */
  readonly begunAt: number
  /** When the last deep one of them began, or the first one. */
  readonly deepAt: number
  /** Rows that the last pass met: the first ones, and the last ones, which are the least likely to be touched. */
  readonly marks: readonly Mark[]
  /** Rows of the head that no list with a direction had: they are stored without one. */
  readonly undirected: readonly string[]
  /** A pass that is under way; null between two. */
  readonly running: RunningPass | null
}

export interface RunningPass {
  readonly begunAt: number
  readonly isDeep: boolean
  /** The lists that are still to be read; the first of them is under way. */
  readonly lists: readonly (MessageDirection | null)[]
  /** Where the engine goes on in the list under way; null at its beginning. */
  readonly cursor: string | null
  /** How many rows came so far. */
  readonly read: number
  /** Rows that the lists before that one began and ended with. */
  readonly before: readonly Mark[]
  readonly first: readonly Mark[]
  readonly last: readonly Mark[]
  readonly boundary: BoundaryState
  /** Rows of the head that are not stored and did not come so far. */
  readonly awaited: readonly string[]
}

/** How many rows are remembered from either end of a pass. */
const MARKS = 100

export function beginPass(
  { begunAt, isDeep }: Pick<RunningPass, 'begunAt' | 'isDeep'>,
  awaited: readonly string[],
  lists: RunningPass['lists'] = [null],
): RunningPass {
  return { begunAt, isDeep, lists, read: 0, before: [], ...LIST_BEGUN, awaited }
}

/** Whether a pass that begins now has to be a deep one. */
export function isDeepDue({ deep }: PassKind, state: PassState | null, now: number): boolean {
  return deep !== undefined && state !== null && now - state.deepAt >= deep.everyMs
}

/** How much it takes to be certain in a pass. */
export function proofOf({ proof, deep }: PassKind, isDeep: boolean): Proof {
  return isDeep ? (deep?.proof ?? proof) : proof
}

const LIST_BEGUN = { cursor: null, first: [], last: [], boundary: NOTHING_SEEN } as const

/** Goes on with the next list; null when the one that ended was the last. */
export function nextList(running: RunningPass): RunningPass | null {
  const lists = running.lists.slice(1)
  return lists.length === 0 ? null : { ...running, ...LIST_BEGUN, lists, before: marksOf(running) }
}

function marksOf({ before, first, last }: RunningPass): Mark[] {
  return [...new Map([...before, ...first, ...last])]
}

export function advancePass(
  running: RunningPass,
  rows: readonly Mark[],
  boundary: BoundaryState,
  cursor: string | null,
): RunningPass {
  const met = new Set(rows.map(([id]) => id))
  return {
    ...running,
    cursor,
    read: running.read + rows.length,
    first: [...running.first, ...rows].slice(0, MARKS),
    last: [...running.last, ...rows].slice(-MARKS),
    boundary,
    awaited: running.awaited.filter((id) => !met.has(id)),
  }
}

/** What the next pass has to know of one that has ended. */
export function endPass(running: RunningPass, before: PassState | null): PassState {
  const { begunAt, isDeep, awaited } = running
  const deepAt = isDeep ? begunAt : (before?.deepAt ?? begunAt)
  return { begunAt, deepAt, marks: marksOf(running), undirected: awaited, running: null }
}

/**
 * Rows of the earlier pass that stood before others which were met again: in a list whose order never changes they are
 * gone. Nothing is said of a pass too long to be remembered whole.
 */
export function missingRows(marks: readonly Mark[], { first, last, read }: RunningPass): string[] {
  if (read > 2 * MARKS) return []
  const met = new Set([...first, ...last].map(([id]) => id))
  const lastMet = marks.findLastIndex(([id]) => met.has(id))
  return marks.slice(0, Math.max(0, lastMet)).flatMap(([id]) => (met.has(id) ? [] : [id]))
}
