import type { Message } from '@waybill/core'
import { foundAgain } from '../settle/absence.js'
import type { Step, StepBatch } from '../step.js'
import { Boundary } from './boundary.js'
import { learnsDirection } from './capabilities.js'
import { countRevealed, type Known, rowsOf } from './news.js'
import { directionOf, listHead, listsFor, readPage } from './pass-pages.js'
import {
  advancePass,
  beginAgain,
  beginPass,
  doubtPass,
  endPass,
  fromEarlier,
  isDeepDue,
  marksIn,
  missingRows,
  nextList,
  type PassKind,
  type PassState,
  proofOf,
  type RunningPass,
} from './pass-state.js'
import { isUncertain } from './rounds.js'

/** What one step of a pass came to. */
export interface PassProgress {
  readonly isDone: boolean
  /** Whether it has ended and could not be certain to have met every row. */
  readonly isInDoubt: boolean
  /** When the pass began, in milliseconds since the epoch: what it says was so then, or later. */
  readonly begunAt: number
  /** When the pass before it began; null where there was none. */
  readonly previousAt: number | null
  /** How many rows the source has in all; null where it does not tell, undefined in a step that does not ask. */
  readonly total: number | null | undefined
  /** Rows that should have come, and did not. */
  readonly missing: readonly string[]
  /** The rows that this step brought. */
  readonly listed: readonly Message[]
  /** How many of them were not stored, or stored as deleted. */
  readonly revealed: number
}

/**
 * Does the next step of a pass: the head of the list, which mostly is all there is to do, or a page of what follows.
 * Where there was no pass before, the head is only remembered: what follows it is for the back-fill.
 *
 * @param knowsAll whether everything is stored, so that a row that is not is news
 * @param alongWith says what is committed together with the step
 */
export async function continuePass(
  step: Step,
  kind: PassKind,
  knowsAll: boolean,
  alongWith: (progress: PassProgress) => Promise<StepBatch>,
): Promise<PassProgress> {
  const kept = await step.checkpoint<PassState>(kind.name)
  const state = kept === null ? null : fromEarlier(kept)
  const running = state?.running ?? null
  const { messages, progress, next } =
    state === null || running === null
      ? await readHead(step, kind, knowsAll, state)
      : await readOn(step, kind, knowsAll, state, running)
  const rest = await alongWith(progress)
  const observedAt = next.running === null ? next.endedAt : step.now()
  const checkpoints = { ...rest.checkpoints, [kind.name]: next }
  const settled = [...(rest.settled ?? []), ...(await foundAgain(step, progress.listed))]
  await step.commit({ ...rest, messages, observedAt, settled, checkpoints })
  return progress
}

interface PassStep {
  readonly messages: readonly Message[]
  readonly progress: PassProgress
  readonly next: PassState
}

/** The head of the list in one request. One page is what was there at one instant, so nothing can be lost in it. */
async function readHead(
  step: Step,
  kind: PassKind,
  knowsAll: boolean,
  state: PassState | null,
): Promise<PassStep> {
  const { capabilities } = step.source.provider
  const begunAt = step.now()
  const { messages, total } = await listHead(step, kind)
  const known = await knownOf(step, messages, knowsAll, state, begunAt)
  const strangers = learnsDirection(capabilities)
    ? messages.filter(({ upstreamId }) => !known.stored.has(upstreamId)).map(({ upstreamId }) => upstreamId)
    : []
  const awaited = strangers.filter((id) => state?.undirected.includes(id) !== true)
  const begun = { begunAt, isDeep: isDeepDue(kind, state, begunAt) }
  const boundary = new Boundary(state?.marks ?? [], proofOf(kind, begun.isDeep))
  const rows = rowsOf(messages, kind, known)
  boundary.see(rows)
  const revealed = countRevealed(messages, known.stored)
  const times = { begunAt, previousAt: state?.begunAt ?? null }
  const head = { ...times, total, listed: messages, revealed, missing: [], isInDoubt: false }
  const running = advancePass(kind, beginPass(begun, rows, awaited), rows, boundary.state, null)
  if (state === null) {
    const next = { ...endPass(running, null, step.now()), undirected: [] }
    return { messages: [], progress: { ...head, isDone: true }, next }
  }
  const isWhole = total !== null && messages.length >= total
  if (awaited.length > 0 || !(boundary.isReached || isWhole)) {
    const next = { ...state, running: beginPass(begun, rows, awaited, listsFor(capabilities, kind)) }
    return { messages: [], progress: { ...head, isDone: false }, next }
  }
  const missing = kind.mindsChanges ? [] : missingRows(state.marks, running)
  const next = endPass(running, state, step.now())
  return { messages, progress: { ...head, isDone: true, missing }, next }
}

/** What follows, read exactly while it moves, and with the direction. What is in doubt is read again from the head on. */
async function readOn(
  step: Step,
  kind: PassKind,
  knowsAll: boolean,
  state: PassState,
  before: RunningPass,
): Promise<PassStep> {
  const { page, started } = await readPage(step, kind, state, before)
  const messages = page.edges.map((edge) => edge.message)
  const { begunAt } = started
  const known = await knownOf(step, messages, knowsAll, state, begunAt)
  const rows = rowsOf(messages, kind, known)
  const marks = marksIn(state, directionOf(started))
  const boundary = new Boundary(marks, proofOf(kind, started.isDeep), started.boundary)
  boundary.see(rows)
  const met = advancePass(kind, started, rows, boundary.state, page.pageInfo.endCursor)
  const doubt = page.reports[0]?.warnings[0] ?? null
  const running = doubt === null ? met : doubtPass(met)
  const revealed = countRevealed(messages, known.stored)
  const times = { begunAt, previousAt: state.begunAt }
  const common = { ...times, total: undefined, listed: messages, revealed, missing: [] }
  const isListDone = boundary.isReached || !page.pageInfo.hasNextPage
  const following = isListDone ? nextList(running) : running
  const isInDoubt = isUncertain(running.rounds)
  const hasToBeginAgain = isInDoubt && (doubt !== null || following === null)
  const lists = listsFor(step.source.provider.capabilities, kind)
  const anew = hasToBeginAgain ? beginAgain(running, lists) : null
  const goesOn = anew ?? following
  if (anew !== null && doubt !== null) {
    step.emit({ kind: 'restarted', source: step.source.id, reason: doubt.message })
  }
  if (goesOn !== null) {
    const progress = { ...common, isDone: false, isInDoubt: false }
    return { messages, progress, next: { ...state, running: goesOn } }
  }
  const missing = kind.mindsChanges ? [] : missingRows(state.marks, running)
  const progress = { ...common, isDone: true, isInDoubt, missing }
  return { messages, progress, next: endPass(running, state, step.now()) }
}

async function knownOf(
  step: Step,
  messages: readonly Message[],
  isAll: boolean,
  state: PassState | null,
  begunAt: number,
): Promise<Known> {
  return { stored: await step.stored(messages), isAll, passedAt: state?.endedAt ?? null, begunAt }
}
