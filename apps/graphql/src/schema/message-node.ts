import type { SourcedMessage } from '@waybill/engine'
import type { RequestBudget } from './request-budget.js'

/** A message within an answer. */
export interface MessageNode extends SourcedMessage {
  /** What is left of the answer's `maxUpstreamRequests`; absent where there is no such limit. */
  readonly budget?: RequestBudget | undefined
}
