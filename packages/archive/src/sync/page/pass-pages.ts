import type {
  ListResult,
  MessageDirection,
  MessageFilter,
  PageRequest,
  Paging,
  ProviderCapabilities,
} from '@waybill/core'
import type { MessagePage } from '@waybill/engine'
import type { Step } from '../step.js'
import { fieldsWithoutDirection, listsOf } from './capabilities.js'
import { type PassKind, type PassState, readAgain, type RunningPass } from './pass-state.js'
import { isRefusedCursor, mayBeRefusedCursor } from './refused-cursor.js'

const ROWS_A_PAGE = 100
/** Enough for a page of each direction, and to make sure of them. */
const FEWEST_REQUESTS = 4

/** The head of a pass's list as the upstream gives it, and how many rows there are in all; null where it does not tell. */
export async function listHead(
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

/** The lists that a pass reads. Only the order of time is the same in all lists of a source: in it they may be read as one. */
export function listsFor(capabilities: ProviderCapabilities, { sort }: PassKind): RunningPass['lists'] {
  return sort.field === 'createdAt' ? [null] : listsOf(capabilities)
}

/** The direction of the list under way; null where it has all messages. */
export function directionOf({ lists: [direction = null] }: RunningPass): MessageDirection | null {
  return direction
}

/** The next page of the list under way, or its first one where the cursor is refused: then the pass begins again. */
export async function readPage(
  step: Step,
  kind: PassKind,
  state: PassState,
  running: RunningPass,
): Promise<{ readonly page: MessagePage; readonly started: RunningPass }> {
  const { capabilities } = step.source.provider
  const query = {
    sort: kind.sort,
    first: ROWS_A_PAGE,
    fields: null,
    maxUpstreamRequests: Math.max(FEWEST_REQUESTS, step.pace.free(step.now())),
  }
  try {
    const page = await step.read({ ...query, filter: filterFor(running), after: running.cursor })
    return { page, started: running }
  } catch (error) {
    const isDoubted = mayBeRefusedCursor(error, capabilities)
    if (running.cursor === null || !(isRefusedCursor(error) || isDoubted)) throw error
    const anew = readAgain(running, listsFor(capabilities, kind), running.rounds)
    step.emit({ kind: 'restarted', source: step.source.id, reason: error.message })
    if (isDoubted) {
      await step.commit({ checkpoints: { [kind.name]: { ...state, running: anew } } })
      throw error
    }
    return { page: await step.read({ ...query, filter: filterFor(anew) }), started: anew }
  }
}

function filterFor(running: RunningPass): MessageFilter {
  const direction = directionOf(running)
  return direction === null ? [] : [{ field: 'direction', operator: 'eq', values: [direction] }]
}
