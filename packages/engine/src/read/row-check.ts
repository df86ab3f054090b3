import { evaluateClause, type FilterClause, isTimeClause, matchesSearch, type Message } from '@waybill/core'
import type { ReadPlan } from '../plan/plan.js'
import { ALL_TIME } from '../plan/time-bounds.js'

/** Whether a row is wanted, or why it is not. */
export type RowVerdict =
  | { readonly kind: 'wanted' }
  | { readonly kind: 'unwanted' }
  /** The source was to select by this clause (or by the search, null), and listed the row all the same. */
  | { readonly kind: 'ignored'; readonly clause: FilterClause | null }
  /** All else holds, and the row does not have the field that a clause asks for. */
  | { readonly kind: 'untold'; readonly field: string }

const WANTED: RowVerdict = { kind: 'wanted' }
const UNWANTED: RowVerdict = { kind: 'unwanted' }

/** Checks a row for what the source does not check, and for what it says that it checks. */
export function checkRow(plan: ReadPlan, message: Message, source: string): RowVerdict {
  if (isUnchecked(plan)) return WANTED
  // Once for each row of a page: without functions that are made anew for each of them.
  for (const clause of plan.verifiable) {
    if (!evaluateClause(clause, message, source)) return { kind: 'ignored', clause }
  }
  if (!matchesSearch(message.text, plan.search)) {
    if (plan.localSearch === null) return { kind: 'ignored', clause: null }
    return UNWANTED
  }
  const { from, to } = plan.bounds
  if (message.sentAt < from || message.sentAt > to || !matchesSearch(message.text, plan.localSearch))
    return UNWANTED
  if (plan.local.length === 0) return WANTED
  const failing = plan.local.filter((clause) => !evaluateClause(clause, message, source))
  if (failing.length === 0) return WANTED
  const missing = failing.map((clause) => untoldParty(clause, message))
  const [field = null] = missing
  return field === null || missing.includes(null) ? UNWANTED : { kind: 'untold', field }
}

/** Whether the query selects everything that the source lists, as most do. */
function isUnchecked({ verifiable, local, search, localSearch, bounds }: ReadPlan): boolean {
  return (
    verifiable.length === 0 &&
    local.length === 0 &&
    search === null &&
    localSearch === null &&
    bounds === ALL_TIME
  )
}

/**
 * Every message has a sender, a recipient and another party: one that lacks them is not told, and may match. Any other field that is
 * null has no value.
 */
function untoldParty(clause: FilterClause, message: Message): string | null {
  if (isTimeClause(clause)) return null
  const { field } = clause
  if (field === 'phone') {
    if (message.from === null) return 'from'
    return message.to === null ? 'to' : null
  }
  const isParty = field === 'from' || field === 'to' || field === 'contact'
  return isParty && message[field] === null ? field : null
}
