import type { ListResult, Message, MessageFilter, PageRequest, Paging } from '@waybill/core'
import type { MessagePage } from '@waybill/engine'
import type { Stored } from '../../store/archive-store.js'
import type { Step, StepBatch } from '../step.js'
import { Boundary, type Mark } from './boundary.js'
import { fieldsWithoutDirection, learnsDirection, listsOf } from './capabilities.js'
import { lookOf } from './look.js'
import {
  advancePass,
  beginPass,
  endPass,
  isDeepDue,
  missingRows,
  nextList,
  type PassKind,
  type PassState,
  proofOf,
  type RunningPass,
} from './pass-state.js'
import { isRefusedCursor, mayBeRefusedCursor } from './refused-cursor.js'

/** What one step of a pass came to. */
export interface PassProgress {
  readonly isDone: boolean
  /** When the pass began, in milliseconds since the epoch: what it says was so then, or later. */
  readonly begunAt: number
  /** How many rows the source has in all, where the head of the list told; else null. */
  readonly total: number | null
  /** Rows that should have come, and did not. */
  readonly missing: readonly string[]
  /** The rows that this step brought. */
  readonly listed: readonly Message[]
  /** How many of them were not stored, or stored as deleted. */
  readonly revealed: number
}

const ROWS_A_PAGE = 100
/** Enough for a page of each direction, and to make sure of them. */
const FEWEST_REQUESTS = 4

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
  const state = await step.checkpoint<PassState>(kind.name)
  const running = state?.running ?? null
  const { messages, progress, next } =
    state === null || running === null
      ? await readHead(step, kind, knowsAll, state)
      : await readOn(step, kind, knowsAll, state, running)
  const rest = await alongWith(progress)
  await step.commit({ ...rest, messages, checkpoints: { ...rest.checkpoints, [kind.name]: next } })
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
  const begunAt = step.now()
  const { messages, total } = await listHead(step, kind)
  const stored = await step.stored(messages)
  const strangers = learnsDirection(step.source.provider.capabilities)
    ? messages.filter((message) => !stored.has(message.upstreamId)).map((message) => message.upstreamId)
    : []
  const awaited = strangers.filter((id) => state?.undirected.includes(id) !== true)
  const begun = { begunAt, isDeep: isDeepDue(kind, state, begunAt) }
  const boundary = new Boundary(state?.marks ?? [], proofOf(kind, begun.isDeep))
  const rows = see(boundary, kind, knowsAll, messages, stored)
  const head = { begunAt, total, listed: messages, revealed: revealedIn(messages, stored) }
  const running = advancePass(beginPass(begun, awaited), rows, boundary.state, null)
  if (state === null) {
    const next = { ...endPass(running, null), undirected: [] }
    return { messages: [], progress: { ...head, isDone: true, missing: [] }, next }
  }
  const isWhole = total !== null && messages.length >= total
  if (awaited.length > 0 || !(boundary.isReached || isWhole)) {
    const next = { ...state, running: beginPass(begun, awaited, listsFor(step, kind)) }
    return { messages: [], progress: { ...head, isDone: false, missing: [] }, next }
  }
  const missing = kind.mindsChanges ? [] : missingRows(state.marks, running)
  return {
    messages,
    progress: { ...head, isDone: true, missing },
    next: endPass(running, state),
  }
}

/** What follows, read exactly while it moves, and with the direction. */
async function readOn(
  step: Step,
  kind: PassKind,
  knowsAll: boolean,
  state: PassState,
  before: RunningPass,
): Promise<PassStep> {
  const { page, started } = await readPage(step, kind, state, before)
  const messages = page.edges.map((edge) => edge.message)
  const boundary = new Boundary(state.marks, proofOf(kind, started.isDeep), started.boundary)
  const stored = await step.stored(messages)
  const rows = see(boundary, kind, knowsAll, messages, stored)
  const running = advancePass(started, rows, boundary.state, page.pageInfo.endCursor)
  const isListDone = boundary.isReached || !page.pageInfo.hasNextPage
  const following = isListDone ? nextList(running) : running
  const isDone = following === null
  const missing = isDone && !kind.mindsChanges ? missingRows(state.marks, running) : []
  const next = isDone ? endPass(running, state) : { ...state, running: following }
  return {
    messages,
    progress: {
      isDone,
      begunAt: started.begunAt,
      total: null,
      missing,
      listed: messages,
      revealed: revealedIn(messages, stored),
    },
    next,
  }
}

/** Only the order of time is the same in all lists of a source: in it they may be read as one. */
function listsFor({ source }: Step, { sort }: PassKind): RunningPass['lists'] {
  return sort.field === 'createdAt' ? [null] : listsOf(source.provider.capabilities)
}

async function listHead(
  step: Step,
  kind: PassKind,
): Promise<{ readonly messages: ListResult['messages']; readonly total: number | null }> {
  const { provider } = step.source
  const request = {
    filter: [],
    search: null,
    sort: kind.sort,
    fields: fieldsWithoutDirection(provider.capabilities),
    page: headOf(provider.capabilities.paging),
  }
  const { messages, page, cursor } = await provider.list(request, step.call)
  return { messages, total: page?.total ?? cursor?.total ?? null }
}

function headOf(paging: Paging): PageRequest {
  if (paging.kind === 'window') throw new TypeError('A window is not read in passes.')
  const size = Math.min(ROWS_A_PAGE, paging.maxPageSize)
  return paging.kind === 'page'
    ? { kind: 'page', number: 1, size }
    : { kind: 'cursor', after: null, limit: size, total: true }
}

async function readPage(
  step: Step,
  kind: PassKind,
  state: PassState,
  running: RunningPass,
): Promise<{ readonly page: MessagePage; readonly started: RunningPass }> {
  const requests = Math.max(FEWEST_REQUESTS, step.pace.free(step.now()))
  const query = {
    sort: kind.sort,
    first: ROWS_A_PAGE,
    fields: null,
    maxUpstreamRequests: requests,
  }
  try {
    const page = await step.read({ ...query, filter: filterFor(running), after: running.cursor })
    return { page, started: running }
  } catch (error) {
    const isDoubted = mayBeRefusedCursor(error, step.source.provider.capabilities)
    if (running.cursor === null || !(isRefusedCursor(error) || isDoubted)) throw error
    const anew = beginPass({ ...running, begunAt: step.now() }, running.awaited, listsFor(step, kind))
    step.emit({ kind: 'restarted', source: step.source.id, reason: error.message })
    if (isDoubted) {
      await step.commit({ checkpoints: { [kind.name]: { ...state, running: anew } } })
      throw error
    }
    return { page: await step.read({ ...query, filter: filterFor(anew) }), started: anew }
  }
}

function filterFor({ lists: [direction = null] }: RunningPass): MessageFilter {
  return direction === null ? [] : [{ field: 'direction', operator: 'eq', values: [direction] }]
}

function see(
  boundary: Boundary,
  kind: PassKind,
  knowsAll: boolean,
  messages: readonly Message[],
  stored: ReadonlyMap<string, Stored>,
): Mark[] {
  return messages.map((message) => {
    const id = message.upstreamId
    const look = kind.mindsChanges ? lookOf(message) : ''
    const news = newsOf(message, stored.get(id), kind, knowsAll)
    boundary.see({ id, look, news })
    return [id, look]
  })
}

function revealedIn(messages: readonly Message[], stored: ReadonlyMap<string, Stored>): number {
  return messages.filter(({ upstreamId }) => stored.get(upstreamId)?.deleted !== false).length
}

function newsOf(
  message: Message,
  stored: Stored | undefined,
  kind: PassKind,
  knowsAll: boolean,
): 'same' | 'changed' | 'unknown' {
  if (stored === undefined) return knowsAll ? 'changed' : 'unknown'
  if (!kind.mindsChanges) return 'same'
  return stored.deleted || lookOf(stored.message) !== lookOf(message) ? 'changed' : 'same'
}
