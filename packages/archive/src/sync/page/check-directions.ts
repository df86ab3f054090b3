import type { Message, SourceWarning } from '@waybill/core'
import type { Step } from '../step/step.js'
import { OVERLAP_ROWS } from './constants.js'
import type { Reading } from './reading.js'

/** A page of the plain list, compared with what the lists by direction brought. */
export interface CheckedPage extends Pick<Reading, 'top'> {
  /** Those to store. */
  readonly messages: readonly Message[]
  /** That some of them are in no list by direction; empty where none is. */
  readonly losses: readonly SourceWarning[]
}

/**
 * Compares a page of the plain list with the lists by direction, which were read and stored before. A row that they lack has
 * neither of their values. It is stored without a direction.
 *
 * A row that came since those lists were begun may be missing from them. It stands above what was at the head then, or, with
 * equal times, among it. The next poll meets it, and learns its direction.
 *
 * @param listed the page
 */
export async function checkDirections(
  step: Step,
  { begunAt, top }: Reading,
  listed: readonly Message[],
): Promise<CheckedPage> {
  const earlier = new Set(top)
  const newest = new Set(top?.slice(0, OVERLAP_ROWS))
  const lastOfTop = listed.findLastIndex(({ upstreamId }) => newest.has(upstreamId))
  const recentFrom = begunAt - 2 * step.source.provider.capabilities.maxSkewMs
  // What was at the head may be further down, or deleted.
  const isAboveTop = ({ sentAt }: Message, index: number): boolean =>
    lastOfTop === -1 ? top !== null && sentAt >= recentFrom : index < lastOfTop
  const stored = await step.stored(listed)
  const mayBeNew = (message: Message, index: number): boolean =>
    isAboveTop(message, index) && !earlier.has(message.upstreamId)
  const isInNeither = (message: Message, index: number): boolean =>
    !mayBeNew(message, index) && (stored.get(message.upstreamId)?.message.direction ?? null) === null
  const count = listed.filter(isInNeither).length
  return {
    messages: listed.filter((each, index) => stored.has(each.upstreamId) || !mayBeNew(each, index)),
    losses: count === 0 ? [] : [{ code: 'TOTALS_DISAGREE', message: MESSAGE, field: 'direction', count }],
    top: lastOfTop === -1 ? top : null,
  }
}

const MESSAGE =
  'The source lists messages that are in neither of its lists by direction. They are stored without a direction. Ask the operator of the upstream which directions it has.'
