import type { MessageDirection, MessageSort } from '@waybill/core'
import { type BoundaryState, type Mark, NOTHING_SEEN, type PassRow, type Proof } from './boundary.js'
import { FIRST_ROUND, isUncertain, nextListOf, nextRound, type Rounds, seeRound } from './rounds.js'

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

/** Rows by which the next pass knows the end of what is new: behind them all was read. */
export interface PassMarks {
  /** Those of which that holds in any list. */
  readonly marks: readonly Mark[]
  /** Those of which it holds in the list of one direction alone, which was read later than the others. */
  readonly listed: Readonly<Partial<Record<MessageDirection, readonly Mark[]>>>
}

/** Where the passes over one list stand, as a plain value. */
export interface PassState extends PassMarks {
  /** When the last pass that has ended began, in milliseconds since the epoch, and when it ended. */
  readonly begunAt: number
  readonly endedAt: number
  /** When the last deep one of them began, or the first one; 0 where the next one has to be deep. */
  readonly deepAt: number
  /** Rows of the head that no list with a direction had: they are stored without one. */
  readonly undirected: readonly string[]
  /** A pass that is under way; null between two. */
  readonly running: RunningPass | null
}

export interface RunningPass {
  readonly begunAt: number
  readonly isDeep: boolean
  readonly rounds: Rounds
  /** The rows of the head with which it began. */
  readonly head: readonly Mark[]
  /** The lists that are still to be read; the first of them is under way. */
  readonly lists: readonly (MessageDirection | null)[]
  /** Rows that the lists before that one began and ended with. */
  readonly listed: PassMarks['listed']
  /** Where the engine goes on in the list under way; null at its beginning. */
  readonly cursor: string | null
  /** How many rows came so far. */
  readonly read: number
  /** The first rows of the list under way, and the last ones, which are the least likely to be touched. */
  readonly first: readonly Mark[]
  readonly last: readonly Mark[]
  readonly boundary: BoundaryState
  /** Rows of the head that are not stored and did not come so far. */
  readonly awaited: readonly string[]
}

/** A state as an earlier version wrote it: a pass that was under way begins anew. */
export function fromEarlier(state: PassState | Omit<PassState, 'endedAt' | 'listed'>): PassState {
  if ('endedAt' in state) return state
  return { ...state, endedAt: state.begunAt, listed: {}, running: null }
}

/** How many rows are remembered from either end of a list. */
const MARKS = 100

const LIST_BEGUN = { cursor: null, first: [], last: [], boundary: NOTHING_SEEN } as const

export function beginPass(
  { begunAt, isDeep }: Pick<RunningPass, 'begunAt' | 'isDeep'>,
  head: readonly PassRow[],
  awaited: readonly string[],
  lists: RunningPass['lists'] = [null],
): RunningPass {
  return {
    begunAt,
    isDeep,
    rounds: FIRST_ROUND,
    head: head.map(({ id, look }) => [id, look]),
    lists,
    listed: {},
    read: 0,
    ...LIST_BEGUN,
    awaited,
  }
}

/** The pass from its head on, once more. */
export function readAgain(running: RunningPass, lists: RunningPass['lists'], rounds: Rounds): RunningPass {
  return { ...running, rounds, lists, listed: {}, read: 0, ...LIST_BEGUN }
}

/** The pass from its head on, because it may have missed something; null when that was done often enough. */
export function beginAgain(running: RunningPass, lists: RunningPass['lists']): RunningPass | null {
  const rounds = nextRound(running.rounds)
  return rounds === null ? null : readAgain(running, lists, rounds)
}

/** Notes that the reader cannot be certain to have met everything. */
export function doubtPass(running: RunningPass): RunningPass {
  return { ...running, rounds: { ...running.rounds, isShaky: true } }
}

/** Whether a pass that begins now has to be a deep one. */
export function isDeepDue({ deep }: PassKind, state: PassState | null, now: number): boolean {
  return deep !== undefined && state !== null && now - state.deepAt >= deep.everyMs
}

/** How much it takes to be certain in a pass. */
export function proofOf({ proof, deep }: PassKind, isDeep: boolean): Proof {
  return isDeep ? (deep?.proof ?? proof) : proof
}

/** The rows that mark the end of what is new in a list. */
export function marksIn({ marks, listed }: PassMarks, direction: MessageDirection | null): readonly Mark[] {
  return direction === null ? marks : [...marks, ...(listed[direction] ?? [])]
}

/** Goes on with the next list; null when the one that ended was the last. */
export function nextList(running: RunningPass): RunningPass | null {
  const lists = running.lists.slice(1)
  if (lists.length === 0) return null
  const rounds = nextListOf(running.rounds)
  return { ...running, ...LIST_BEGUN, rounds, lists, listed: listedBy(running) }
}

export function advancePass(
  { sort }: PassKind,
  running: RunningPass,
  rows: readonly PassRow[],
  boundary: BoundaryState,
  cursor: string | null,
): RunningPass {
  const met = new Set(rows.map(({ id }) => id))
  const marks = rows.map(({ id, look }): Mark => [id, look])
  return {
    ...running,
    cursor,
    read: running.read + rows.length,
    rounds: seeRound(running.rounds, rows, sort.field === 'createdAt', running.head.length),
    first: [...running.first, ...marks].slice(0, MARKS),
    last: [...running.last, ...marks].slice(-MARKS),
    boundary,
    awaited: running.awaited.filter((id) => !met.has(id)),
  }
}

/** What the next pass has to know of one that has ended. */
export function endPass(running: RunningPass, before: PassState | null, endedAt: number): PassState {
  const { begunAt, isDeep, awaited, rounds } = running
  const deepAt = isUncertain(rounds) ? 0 : isDeep ? begunAt : (before?.deepAt ?? begunAt)
  return { begunAt, endedAt, deepAt, ...marksOf(running, before), undirected: awaited, running: null }
}

/**
 * A row that was touched after the first of several lists had been read is no mark in all of them: one of that first list
 * that was touched before it stands behind, and was not read. The head was there before the first.
 */
function marksOf(running: RunningPass, before: PassState | null): PassMarks {
  const [direction] = running.lists
  return direction === null
    ? { marks: endsOf(running), listed: before?.listed ?? {} }
    : { marks: running.head, listed: listedBy(running) }
}

function listedBy(running: RunningPass): PassMarks['listed'] {
  const [direction = null] = running.lists
  return direction === null ? running.listed : { ...running.listed, [direction]: endsOf(running) }
}

function endsOf({ first, last }: RunningPass): Mark[] {
  return [...new Map([...first, ...last])]
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
