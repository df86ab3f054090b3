import type { ServerLimits } from '@waybill/runtime'
import { GraphQLError } from 'graphql'
import { limitError } from './limit-error.js'
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
    const retryAfterSeconds = Math.max(1, budget.secondsLeft(caller))
    return new GraphQLError(
      `The query costs ${points}, and ${cost.remaining} of ${costPerMinute} are left in this minute (server.limits.costPerMinute). Send it again after ${retryAfterSeconds} s, or ask for less.`,
      {
        extensions: {
          code: 'RATE_LIMITED',
          cost,
          retryAfterSeconds,
          http: { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } },
        },
      },
    )
  }
  budget.spend(caller, points)
  return null
}
