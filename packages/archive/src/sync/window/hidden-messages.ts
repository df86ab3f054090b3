import type { Message, RejectedRow } from '@waybill/core'
import type { Step } from '../step/step.js'
import type { KeptWindow } from './cut-off.js'
import { isListable, MOST_ASKED } from './listable.js'

/** What a list passed over. */
export interface Hidden {
  /** Whether the list lacks messages that it should have. */
  readonly isDoubted: boolean
  /** Those of them that were found to be there. */
  readonly ids: readonly string[]
}

const NOTHING: Hidden = { isDoubted: false, ids: [] }

/**
 * Whether a list passes over stored messages that are newer than its oldest one and still there: a replica that is late, an
 * old row that stays listed whatever comes, a server that drops rows. Then it shows nothing of what else came.
 *
 * An empty list passes over everything that was listed before. It is doubted unless those messages are found to be gone.
 */
export async function hiddenMessages(
  step: Step,
  messages: readonly Message[],
  rejected: readonly RejectedRow[],
  before: KeptWindow | null,
): Promise<Hidden> {
  const isEmpty = messages.length === 0
  const from = isEmpty
    ? (before?.seen?.oldest ?? null)
    : Math.min(...messages.map(({ sentAt }) => sentAt)) + 1
  // A row that cannot be read may be any of those that the list seems to lack.
  const isUnreadable = rejected.some(({ upstreamId }) => upstreamId === null)
  if (before === null || from === null || isUnreadable || (isEmpty && rejected.length > 0)) return NOTHING
  const listed = new Set([...messages, ...rejected].map(({ upstreamId }) => upstreamId))
  const stored = await step.store.idsWithin(step.source.id, { from, to: step.now() })
  const lacking = stored.filter((id) => !listed.has(id))
  const known = new Set(before.hidden)
  const stillHidden = lacking.filter((id) => known.has(id))
  if (stillHidden.length > 0) return { isDoubted: true, ids: stillHidden }
  let isUncertain = false
  for (const id of lacking.slice(-MOST_ASKED)) {
    const isThere = await isListable(step, id)
    if (isThere === true) return { isDoubted: true, ids: [id] }
    isUncertain ||= isThere === null
  }
  return { isDoubted: isEmpty && isUncertain, ids: [] }
}
