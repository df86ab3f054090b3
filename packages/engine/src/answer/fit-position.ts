import type { Paging } from '@waybill/core'
import type { SourcePosition, StreamPosition } from '../cursor/position.js'
import type { ReadPlan, StreamPlan } from '../plan/plan.js'

/** The streams that a source is read in, each from where it stands. */
export interface OpenedStream {
  readonly stream: StreamPlan
  readonly position: StreamPosition
}

/** A source may be read in another way than when the traversal began: from an archive, say, in place of its upstream. */
const PLACES: Readonly<Record<Paging['kind'], readonly StreamPosition['at'][]>> = {
  window: ['start', 'key'],
  page: ['start', 'seek', 'row', 'end'],
  cursor: ['start', 'cursor', 'end'],
}

/**
 * Puts a position and a plan together. What is selected may change from page to page, and with it whether a field has
 * to be learned from several streams: a traversal that was begun in several streams goes on in them, and one that was
 * begun in one is divided.
 *
 * @returns null when the position cannot belong to the plan
 */
export function fitPosition(
  plan: ReadPlan,
  paging: Paging['kind'],
  position: SourcePosition | null,
): OpenedStream[] | null {
  if (position === null) return plan.streams.map((stream) => ({ stream, position: { at: 'start' } }))
  if (position.kind !== 'streams') return null
  const { streams } = position
  if (streams.some(({ at }) => !PLACES[paging].includes(at))) return null
  if (streams.length === plan.streams.length) return pair(plan.streams, streams)
  if (streams.length === plan.learning.length) return pair(plan.learning, streams)
  const [only] = streams
  if (streams.length !== 1 || only === undefined) return null
  return plan.streams.map((stream) => ({ stream, position: divide(only, plan.streams.length) }))
}

function pair(plans: readonly StreamPlan[], positions: readonly StreamPosition[]): OpenedStream[] {
  return plans.flatMap((stream, index) => {
    const position = positions[index]
    return position === undefined ? [] : [{ stream, position }]
  })
}

/** Of several streams each holds a part of the rows, so the place in it is a part as far in. */
function divide(position: StreamPosition, parts: number): StreamPosition {
  if (position.at === 'seek') return { at: 'start' }
  if (position.at !== 'row') return position
  const index = Math.floor(position.hint.index / parts)
  return { ...position, hint: { ...position.hint, index, number: 1, size: 1 } }
}
