import {
  type CallOptions,
  type CountGroup,
  type CountRequest,
  type CountResult,
  type HistoryReport,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  UpstreamError,
} from '@waybill/core'
import { reportOn } from '../answer/report.js'
import { isSourceFailure, type SourceFailure } from '../cursor/failure-code.js'
import type { EngineSource } from '../engine.js'
import { BudgetSpent } from '../fetch/budget.js'
import { attributed } from '../fetch/checked-list.js'
import { planSource } from '../plan/plan.js'
import { warn } from '../read/warnings.js'
import type { Counting, SourceCount } from './counting.js'
import type { ParsedCounts } from './counts-query.js'
import { SourceTally } from './tally.js'

/** Whether a source groups by all keys itself, over just the messages that match. */
export function canCount({ id, provider }: EngineSource, { query, keys }: ParsedCounts): boolean {
  const { counts } = provider.capabilities
  if (provider.count === undefined || counts === undefined) return false
  if (keys.some((key) => !counts.includes(key))) return false
  const plan = planSource({ id, provider }, query)
  return plan.kind === 'read' && plan.exact
}

/**
 * Has a source count by itself.
 * @throws UpstreamError under the policy FAIL; the signal's reason when it is aborted
 */
export async function countBySource(source: EngineSource, counting: Counting): Promise<SourceCount> {
  const { counts, budget, signal } = counting
  const tally = new SourceTally(source.id, counts)
  const call: CallOptions = { signal, beforeAttempt: () => budget.spend(source.id) }
  let facts: Omit<CountResult, 'groups'> = { parameters: [] }
  let history: HistoryReport | null = null
  let failure: SourceFailure | null = null
  let isPaused = false
  try {
    const result = await checkedCount(source, counts, call)
    facts = result
    // After the count, which may have brought the source up to date.
    history = await attributed(
      source,
      'history',
      call,
      async () => (await source.provider.history?.({ signal })) ?? null,
    )
    for (const group of result.groups) tally.addGroup(group)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof BudgetSpent) isPaused = true
    else if (isSourceFailure(error) && counts.query.onSourceError === 'PARTIAL') failure = error
    else throw error
  }
  const plan = planSource(source, counts.query)
  const { parameters, untold = [] } = facts
  const stream = { ...NO_FACTS, parameters, warnings: untold.map((field) => warn('FIELD_NOT_TOLD', field)) }
  const contribution = { source, plan, failure, warnings: [], readers: [{ facts: () => stream }] }
  const report = reportOn(contribution, isPaused, budget.spentOn(source.id), history)
  return { tally: failure === null ? tally : null, report }
}

const NO_FACTS = {
  ignored: [],
  total: null,
  reachesBackTo: null,
  windowLimited: false,
  rejected: [],
} as const

/** Asks a provider and holds it to its contract, since providers of other people plug in too. */
async function checkedCount(
  source: EngineSource,
  { query, keys, zone }: ParsedCounts,
  call: CallOptions,
): Promise<CountResult> {
  const plan = planSource(source, query)
  if (plan.kind !== 'read') return { groups: [], parameters: [] }
  const request: CountRequest = { filter: plan.pushed, search: plan.search, by: keys, timeZone: zone.name }
  const result = await attributed(source, 'count', call, async () => source.provider.count?.(request, call))
  const problem = result === undefined ? 'it counts nothing' : findProblem(result.groups, request)
  if (result !== undefined && problem === null) return result
  throw new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `The provider ${source.provider.name} of source "${source.id}" broke its contract: ${problem}.`,
    { source: source.id },
  )
}

function findProblem(groups: readonly CountGroup[], { by }: CountRequest): string | null {
  const seen = new Set<string>()
  for (const [position, group] of groups.entries()) {
    const { count, period, status, type, direction, failureCode } = group
    const key = JSON.stringify([period, status, type, direction, failureCode])
    const isPeriod = by.includes('DAY') || by.includes('HOUR')
    if (!Number.isSafeInteger(count) || count < 1)
      return `group ${position} of its counts has no count of at least 1`
    if (seen.has(key)) return `group ${position} of its counts repeats another one`
    const fits =
      (isPeriod ? Number.isFinite(period) : period === null) &&
      isOneOf(status, by.includes('STATUS') ? MESSAGE_STATUSES : []) &&
      isOneOf(type, by.includes('TYPE') ? MESSAGE_TYPES : []) &&
      isOneOf(direction, by.includes('DIRECTION') ? MESSAGE_DIRECTIONS : []) &&
      (failureCode === null || (by.includes('FAILURE_CODE') && typeof failureCode === 'string'))
    if (!fits) return `group ${position} of its counts has values other than the keys that were asked for`
    seen.add(key)
  }
  return null
}

function isOneOf<Value>(value: Value | null, values: readonly Value[]): boolean {
  return value === null || values.includes(value)
}
