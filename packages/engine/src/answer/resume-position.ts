import type { Paging } from '@waybill/core'
import type { EngineSource } from '../engine.js'
import { reopened, type SourcePosition, type StreamPosition } from '../cursor/position.js'
import { type Part, partsOf, undirectedOf, wantsDirection, wholeOf } from '../plan/split-by-direction.js'
import { planSource, type ReadPlan, type SourcePlan } from '../plan/plan.js'
import type { ParsedQuery } from '../query/query.js'

/** A part of a source that is to be read, and from where. */
export interface OpenedPart {
  readonly part: Part
  readonly plan: ReadPlan
  readonly position: StreamPosition
}

/** How a source takes part in an answer. */
export interface OpenedSource {
  /** The parts that are read; empty where none can match or the sort cannot be served. */
  readonly parts: readonly OpenedPart[]
  /** The parts that the query does not need. */
  readonly unneeded: readonly Part[]
  /** What the source is planned to do where nothing is read. */
  readonly plan: SourcePlan
  /** Whether the source was seen to pass over the filter that would show the direction. */
  readonly isUndirected: boolean
}

/** A source may be read in another way than when the traversal began: from an archive, say, in place of its upstream. */
const PLACES: Readonly<Record<Paging['kind'], readonly StreamPosition['at'][]>> = {
  window: ['start', 'key', 'end'],
  page: ['start', 'seek', 'row', 'end'],
  cursor: ['start', 'cursor', 'end'],
}

/**
 * Plans the parts of a source and puts its position and the plans together. What is selected may change from page to
 * page, and with it whether the direction is wanted: a traversal that was begun in several parts goes on in them, and
 * one that was begun in one is divided.
 *
 * @param isFollowed whether the list had ended, and what has come since is wanted
 * @returns null when the position cannot belong to the source
 */
export function openSource(
  source: EngineSource,
  query: ParsedQuery,
  position: SourcePosition | null,
  isFollowed: boolean,
): OpenedSource | null {
  const given = position?.kind === 'streams' ? position : null
  const isUndirected = given?.isUndirected === true
  const parts = isUndirected ? [] : partsOf(source)
  const isDivided = parts.length > 0 && (wantsDirection(query) || (given?.streams.length ?? 0) > 1)
  const lists = isDivided ? parts : [isUndirected ? undirectedOf(source) : wholeOf(source)]
  const planned = lists.map((part) => ({ part, plan: planSource(part, query) }))
  const reads = planned.flatMap(({ part, plan }) => (plan.kind === 'read' ? [{ part, plan }] : []))
  const unneeded = lists.filter((part) => !reads.some((read) => read.part === part))
  const main = planned.find((each) => each.plan.kind !== 'pruned')?.plan ?? planned[0]?.plan
  if (main === undefined) return null
  const plan = { ...main, untold: untoldIn(planned.map((each) => each.plan)) }
  const opened = { unneeded, plan, isUndirected }
  if (reads.length === 0) return { ...opened, parts: [] }
  if (position !== null && given === null) return null
  if (position === null)
    return { ...opened, parts: reads.map((read) => ({ ...read, position: { at: 'start' } })) }
  const streams = given?.streams.map((each) => (isFollowed ? reopened(each) : each)) ?? []
  const known = PLACES[source.provider.capabilities.paging.kind]
  if (streams.some(({ at }) => !known.includes(at))) return null
  const [only] = streams
  const fitting =
    streams.length === reads.length || only === undefined
      ? streams
      : streams.length === 1
        ? reads.map(() => divide(only, reads.length))
        : []
  if (fitting.length !== reads.length) return null
  return {
    ...opened,
    parts: reads.map((read, index) => ({ ...read, position: fitting[index] ?? { at: 'start' } })),
  }
}

/** What no part lists, or not all of them do. */
function untoldIn(plans: readonly SourcePlan[]): readonly string[] {
  return [...new Set(plans.flatMap((plan) => (plan.kind === 'unsupported-sort' ? [] : plan.untold)))]
}

/** Each of several parts holds a share of the rows, so the place in it is a share as far in. */
function divide(position: StreamPosition, parts: number): StreamPosition {
  if (position.at === 'seek') return { at: 'start' }
  if (position.at !== 'row') return position
  const index = Math.floor(position.hint.index / parts)
  return { ...position, hint: { ...position.hint, index, number: 1, size: 1 } }
}
