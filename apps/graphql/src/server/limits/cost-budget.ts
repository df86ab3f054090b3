import type { ServerLimits } from '@waybill/runtime'
import type { GraphQLError } from 'graphql'
import { limitError, minuteError } from './limit-error.js'
import type { MinuteBudget } from './minute-budget.js'

/** What `extensions.cost` says. */
export interface CostReport {
  /** What the operation costs: the values that its answer may hold. */
  readonly points: number
  /** What one operation may cost. */
  readonly limit: number
  /** What the caller may still spend in this minute; null: there is no limit. */
  readonly remaining: number | null
}

export function describeCost(
  points: number,
  { maxCost }: ServerLimits,
  budget: MinuteBudget,
  caller: string,
): CostReport {
  return { points, limit: maxCost, remaining: budget.remaining(caller) }
}

/** Charges an operation to its caller; the error for one that costs too much. Nothing is charged for that. */
export function spendCost(
  points: number,
  limits: ServerLimits,
  budget: MinuteBudget,
  caller: string,
): GraphQLError | null {
  const { maxCost, costPerMinute } = limits
  const cost = describeCost(points, limits, budget, caller)
  if (points > maxCost) {
    const error = limitError({
      limit: 'maxCost',
      asked: points,
      allowed: maxCost,
      text: `asks for more than ${maxCost} values, lists at their greatest length`,
      remedy: 'Ask for fewer messages (`first`), fewer fields, or fewer aliases.',
    })
    error.extensions['cost'] = cost
    return error
  }
  if (cost.remaining !== null && points > cost.remaining) {
    const text = `costs ${points}, and ${cost.remaining} of ${costPerMinute} are left in this minute (server.limits.costPerMinute)`
    const error = minuteError(text, budget.secondsLeft(caller))
    error.extensions['cost'] = cost
    return error
  }
  budget.spend(caller, points)
  return null
}
