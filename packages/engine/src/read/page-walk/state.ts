import type { SourceWarningCode } from '@waybill/core'
import type { RowPosition, StreamPosition } from '../../cursor/position.js'
import { MAX_LOG, SMALLEST_CAP } from './constants.js'
import type { Relocation } from './locate.js'
import { EMPTY_LOG, leastTrail, likelyOverlap, overlapAt, type ReadLog, tiesAt } from './log.js'
import type { WhatWasRead } from './match.js'
import { type ListOrder, startsLate } from './order.js'
import { beginSeek, type Bracket, aimOf, type Seek } from './seek.js'
import { nextSpan, type PageSpan, startOf } from './span.js'

/** What the walk is doing. */
export type Phase =
  /** Looking for the page on which the wanted span begins. */
  | { readonly name: 'seeking'; readonly seek: Seek }
  /** Reading on from the end of the log. */
  | { readonly name: 'walking' }
  /** Looking for the end of the log, which is not where it was. */
  | { readonly name: 'relocating'; readonly relocation: Relocation }
  /** Making sure that a short page was the last one, and was not cut. */
  | {
      readonly name: 'verifying-end'
      /** The size that the server serves, if it was cut. */
      readonly suspectedCap: number
      /** How far to step back next where the list became shorter. */
      readonly stride: number
      /** Where the list ends and with which row, once a page too small to be cut has shown it. */
      readonly listEnd: { readonly position: number; readonly id: string | null } | null
    }
  /** Making sure that a first page of very few rows, without a figure beside it, is all that there is. */
  | { readonly name: 'probing'; readonly size: number }
  /** Making sure that the rows which were read are gone from where they stood, since none of them is where it should be. */
  | { readonly name: 'revisiting' }
  /** Passing over pages that bring nothing new though the source's figures tell of more rows. */
  | { readonly name: 'passing'; readonly upTo: number; readonly pages: number }
  | { readonly name: 'ended' }

/** The page to ask for next. */
export interface Ask {
  readonly span: PageSpan
  /** Whether only a page that is asked for from now on will do, and none that was kept. */
  readonly isFresh: boolean
  /** Any other page that reads on as well will do, if it can be had without a request. */
  readonly orReadingOn: Overlaps | null
  /** The page that the position lies in, if it can be had without a request. */
  readonly orKept: PageSpan | null
}

/** How many rows consecutive pages have in common. */
export interface Overlaps {
  /** What the rows that were read call for. */
  readonly least: number
  /** What is likely to be called for further on, at least as much, with some more in case the table shrinks. */
  readonly most: number
  /** What a page shares that is asked for by itself. */
  readonly alone: number
}

/** What was noticed so far, by code. */
export type Notes = Readonly<
  Partial<Record<SourceWarningCode, { readonly field: string | null; readonly count: number | null }>>
>

/** A page that was looked at. */
export interface SeenPage {
  /** Of every row, in its place; null where the row cannot be recognized. */
  readonly ids: readonly (string | null)[]
  /** Of every row, in its place; null where it cannot be read. */
  readonly times: readonly (number | null)[]
  readonly number: number
  readonly start: number
  readonly total: number | null
  /** How many pages in a row brought the same rows for other numbers. */
  readonly repeats: number
}

/** A walk over page numbers of a table that changes meanwhile, as one plain value. */
export interface WalkState extends WhatWasRead {
  readonly phase: Phase
  readonly order: ListOrder
  readonly log: ReadLog
  readonly followers: readonly string[]
  /** The largest page that the server is known to serve. */
  readonly cap: number
  /** Whether the size that the server says it served is to be believed. */
  readonly isSizeTrue: boolean
  /** Whether the server serves pages of its own size, whatever is asked for: no two of them share a row. */
  readonly isSizeFixed: boolean
  /** The most rows that came on one page. */
  readonly served: number
  /** How many rows the source says that it has; null where it does not. */
  readonly total: number | null
  /** The page that brought the last row, and its place on it; null once it was looked at again, and where nothing was read. */
  readonly lastRow: { readonly page: PageSpan; readonly position: number } | null
  /** Rows to share beyond what is needed, learned from how much the table shrinks between two requests. */
  readonly margin: number
  /** How many pages were looked at since rows were last brought. */
  readonly tries: number
  /** How many of those stood at the right place and did not prove it. */
  readonly refusals: number
  /** The page before, to notice that another page number brings the same rows. */
  readonly previous: SeenPage | null
  /** A row of a short page after which others may come, certainly above all ties of its last row: where it stood, and what was counted then. */
  readonly shortPage: {
    readonly id: string
    readonly index: number
    readonly total: number | null
    /** The page, and its first rows. */
    readonly page: PageSpan
    readonly first: readonly string[]
  } | null
  /** A short page that is asked for again, since rows below it stand further down than what is counted tells. */
  readonly recheck: {
    readonly page: PageSpan
    readonly first: readonly string[]
    readonly hidden: number
  } | null
  /** How many rows a page of known size lacked though its own figures said that more follow, and what was counted then. */
  readonly missingRows: { readonly count: number | null; readonly total: number | null } | null
  /** The time in the middle of the rows that were brought last, as a rank. */
  readonly middle: number | null
  /** How many pages in a row the source counted fewer rows than it had listed. */
  readonly undercounts: number
  readonly notes: Notes
  /** Null once the walk has ended or failed. */
  readonly ask: Ask | null
  /** What the source does so that it cannot be read; null while it can. */
  readonly failure: string | null
}

/**
 * A walk that begins at a position.
 *
 * @param maxPageSize the largest page that may be asked for
 */
export function beginWalk(order: ListOrder, maxPageSize: number, position: StreamPosition): WalkState {
  const row = position.at === 'row' ? position : null
  const cap = Math.min(maxPageSize, Math.max(SMALLEST_CAP, row?.hint.cap ?? maxPageSize))
  const seek = startsLate(order) ? beginSeek(position.at === 'seek' ? position : null, cap) : null
  const state: WalkState = {
    phase: { name: 'walking' },
    order,
    log: row === null ? EMPTY_LOG : logOf(row, order),
    followers: row?.ahead ?? [],
    end: row === null ? 0 : row.hint.index + 1,
    cap,
    isSizeTrue: true,
    isSizeFixed: false,
    served: 1,
    total: null,
    lastRow: row === null ? null : lastRowOf(row),
    margin: 0,
    tries: 0,
    refusals: 0,
    previous: null,
    shortPage: null,
    recheck: null,
    missingRows: null,
    middle: null,
    undercounts: 0,
    notes: {},
    ask: null,
    failure: null,
  }
  if (position.at === 'end') return endWalk(state)
  if (row !== null) {
    const { number, size } = row.hint
    // Fewer than any server is taken to cut pages to: it was seen to serve no others.
    if (row.hint.cap < Math.min(SMALLEST_CAP, maxPageSize)) {
      const phase = { name: 'probing', size: row.hint.cap } as const
      return { ...state, phase, ask: exactly({ number: 1, size: cap }, false) }
    }
    const { ask } = askNext(state)
    return { ...state, ask: ask === null ? null : { ...ask, orKept: { number, size } } }
  }
  if (seek !== null) return { ...state, phase: { name: 'seeking', seek }, ask: exactly(aimOf(seek), false) }
  return { ...state, ask: exactly({ number: 1, size: cap }, false) }
}

/** The log as far as a position remembers it. */
function logOf({ trail, ties, sentAt, spread }: RowPosition, order: ListOrder): ReadLog {
  const rows = trail.map((id, index) => ({ id, sentAt: trail.length - index <= ties ? sentAt : null }))
  return { rows: rows.slice(-MAX_LOG), isPartial: trail.length >= leastTrail(order), spread }
}

function lastRowOf({ hint: { index, number, size } }: RowPosition): WalkState['lastRow'] {
  const page = { number, size }
  const position = index - startOf(page)
  // A cursor may be forged.
  return position >= 0 && position < size ? { page, position } : null
}

export function endWalk(state: WalkState): WalkState {
  return { ...state, phase: { name: 'ended' }, ask: null }
}

/** Asks for this very page. */
export function exactly(span: PageSpan, isFresh: boolean): Ask {
  return { span, isFresh, orReadingOn: null, orKept: null }
}

/** Notes something to warn about; counts add up. */
export function note(
  state: WalkState,
  code: SourceWarningCode,
  count: number | null = null,
  field: string | null = null,
): WalkState {
  const before = state.notes[code]
  const sum = before === undefined ? count : before.count === null ? count : before.count + (count ?? 0)
  const named = before?.field ?? field
  return { ...state, notes: { ...state.notes, [code]: { field: named, count: sum } } }
}

/** Asks for the page that reads on from the end of the log. */
export function askNext(state: WalkState): WalkState {
  const { phase, end, tries } = state
  const isFresh = tries > 0
  if (phase.name === 'verifying-end') {
    const overlap = overlapAt(state.log, state.order, state.log.rows.length)
    return { ...state, ask: exactly(nextSpan(end, overlap, SMALLEST_CAP), isFresh) }
  }
  if (state.isSizeFixed) {
    const number = Math.floor(end / state.served) + 1
    return { ...state, ask: exactly({ number, size: state.cap }, isFresh) }
  }
  const overlaps = overlapsOf(state)
  const span = nextSpan(end, overlaps.alone, state.cap)
  return { ...state, ask: { span, isFresh, orReadingOn: overlaps, orKept: null } }
}

export function overlapsOf(state: WalkState): Overlaps {
  const least = requiredOverlap(state, state.cap)
  const likely = Math.max(least, likelyOverlap(state.log, state.order))
  return { least, most: likely + state.margin, alone: least + state.margin }
}

/** What the rows call for, or as much of it as pages of the served size can share. */
export function requiredOverlap(state: WalkState, cap: number): number {
  return Math.max(1, Math.min(wantedOverlap(state), sharedRows(state, cap)))
}

/** Whether more rows may share the sort key of the last one than pages of the served size can have in common. */
export function isTiedBeyond(state: WalkState, cap: number): boolean {
  const shared = sharedRows(state, cap)
  return shared <= tiesAt(state.log, state.log.rows.length) && shared < state.end
}

function wantedOverlap({ log, order }: WalkState): number {
  return overlapAt(log, order, log.rows.length)
}

function sharedRows(state: WalkState, cap: number): number {
  return state.end - startOf(nextSpan(state.end, wantedOverlap(state), cap))
}

/** Where to go on with the search for the start of a span in a later answer; null where no search is under way. */
export function bracketOf({ phase }: WalkState): Bracket | null {
  return phase.name === 'seeking' ? phase.seek.bracket : null
}
