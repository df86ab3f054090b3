import { foundAgain, newAbsences } from '../settle/absence.js'
import type { Step } from '../step.js'
import { fieldsWithoutDirection, learnsDirection, NEWEST } from './capabilities.js'
import { beginHistory, endTraversal, type HistoryState } from './history-state.js'
import { lookOf } from './look.js'
import { isRefusedCursor, mayBeRefusedCursor } from './refused-cursor.js'
import { advanceTraversal, beginTraversal, type TraversalState } from './traversal-state.js'
import type { Message, TimeRange } from '@waybill/core'
import type { MessagePage } from '@waybill/engine'

const ROWS_A_STEP = 500
/** What a step mostly costs: five pages, and what they have in common. */
export const REQUESTS_A_STEP = 8
const FEWEST_REQUESTS = 4

/**
 * Does the next step of reading a source's whole history, newest first: the first time to fill the archive, later to
 * find what differs. What comes, where to go on, and down to where the history is complete are one commit.
 */
export async function continueTraversal(step: Step, history: HistoryState | null): Promise<void> {
  const tally = step.tally
  const before = (await step.checkpoint<TraversalState>('traversal')) ?? start(step, history)
  const { page, started } = await readPage(step, before)
  const messages = page.edges.map((edge) => edge.message)
  const isDone = !page.pageInfo.hasNextPage
  const { maxSkewMs } = step.source.provider.capabilities
  const { state, span } = advanceTraversal(started, messages, maxSkewMs, isDone)
  const isDoubted = page.reports[0]?.completeness === 'UNPROVEN'
  const next: TraversalState = {
    ...state,
    cursor: page.pageInfo.endCursor ?? state.cursor,
    total: started.cursor === null ? page.totalCount : state.total,
    found: state.found + (await countNews(step, messages)),
    isDoubtful: state.isDoubtful || isDoubted,
  }
  const now = step.now()
  const known = history ?? beginHistory(now)
  const isFirst = next.purpose === 'back-fill'
  // One that looked for messages without a direction was the answer to a doubt: it raises none itself.
  const leavesDoubt = next.isDoubtful && next.isDirected
  // Of the first one a gap says where it was in doubt. A later one says nothing new then.
  const isProof = isFirst || !next.isDoubtful
  const gap = isDoubted && isFirst ? doubtfulSpan(started, messages, isDone) : null
  await step.commit({
    messages,
    coverage: isProof && span.from <= next.begunAt ? [{ from: span.from, to: next.begunAt }] : [],
    gaps: gap === null ? [] : [{ ...gap, observedAt: now }],
    ...(isDone && !next.isDoubtful ? { ascertained: { from: 0, to: next.begunAt } } : {}),
    settlements: await newAbsences(step, span, span.ids),
    settled: await foundAgain(step, messages),
    checkpoints: {
      traversal: isDone ? null : next,
      history: isDone ? endTraversal(known, now, { ...next, isFirst, isDoubtful: leavesDoubt }) : known,
    },
    ...(isFirst && started.cursor === null ? { progress: { lastSyncedAt: next.begunAt } } : {}),
  })
  if (gap !== null) step.emit({ kind: 'gap', source: step.source.id, cause: 'reading', gap })
  const { purpose, read, total } = next
  const downTo = messages.at(-1)?.sentAt ?? null
  const progress = { purpose, read, total, downTo, isDone }
  step.emit({ kind: 'history', source: step.source.id, ...progress, ...step.since(tally) })
}

function start(step: Step, history: HistoryState | null): TraversalState {
  const { maxSkewMs } = step.source.provider.capabilities
  const isFirst = history === null || history.filledAt === null
  const isDirected = isFirst || !history.isDoubtful
  return beginTraversal(isFirst ? 'back-fill' : 'sweep', isDirected, step.now(), maxSkewMs)
}

async function readPage(
  step: Step,
  state: TraversalState,
): Promise<{ readonly page: MessagePage; readonly started: TraversalState }> {
  const { capabilities } = step.source.provider
  const isDirected = state.isDirected || !learnsDirection(capabilities)
  const query = {
    sort: NEWEST,
    first: ROWS_A_STEP,
    fields: isDirected ? null : fieldsWithoutDirection(capabilities),
    maxUpstreamRequests: Math.max(FEWEST_REQUESTS, step.pace.free(step.now())),
  }
  try {
    const page = await step.read({ ...query, after: state.cursor, totalCount: state.cursor === null })
    return { page, started: state }
  } catch (error) {
    const isDoubted = mayBeRefusedCursor(error, capabilities)
    if (state.cursor === null || !(isRefusedCursor(error) || isDoubted)) throw error
    const { purpose, isDirected: directed } = state
    const anew = beginTraversal(purpose, directed, step.now(), capabilities.maxSkewMs)
    step.emit({ kind: 'restarted', source: step.source.id, reason: error.message })
    if (isDoubted) {
      await step.commit({ checkpoints: { traversal: anew } })
      throw error
    }
    return { page: await step.read({ ...query, totalCount: true }), started: anew }
  }
}

async function countNews(step: Step, messages: readonly Message[]): Promise<number> {
  const stored = await step.stored(messages)
  return messages.filter((message) => {
    const known = stored.get(message.upstreamId)
    return known === undefined || known.deleted || lookOf(known.message) !== lookOf(message)
  }).length
}

/** Where the reader could not be certain to have met every message. */
function doubtfulSpan(before: TraversalState, messages: readonly Message[], isDone: boolean): TimeRange {
  const times = messages.map((message) => message.sentAt)
  const to = Math.max(...times, Math.min(before.floor, before.begunAt))
  return { from: isDone ? 0 : Math.min(...times, to), to }
}
