import { History } from './history.js'
import type { HistoryPlan, Step } from './plan.js'
import type { Verdict } from './verdict.js'

/** How many random histories a test runs, and from which seed; `WAYBILL_HISTORIES` and `WAYBILL_SEED` say others. */
export const HISTORIES = Number(process.env['WAYBILL_HISTORIES'] ?? 500)
export const SEED = Number(process.env['WAYBILL_SEED'] ?? 20261121)

/** Takes all steps, reads on to the end, and tells what came of it. */
export async function runHistory(
  plan: HistoryPlan,
  steps: readonly Step[],
  makeEngine?: ConstructorParameters<typeof History>[1],
): Promise<Verdict> {
  const history = new History(plan, makeEngine)
  for (const step of steps) await take(history, step)
  await history.drain()
  return history.verdict
}

async function take(history: History, step: Step): Promise<void> {
  if (step.do === 'page') await history.page(step.first, step.budget, step.upTo)
  else if (step.do === 'other') await history.other(step.first)
  else if (step.do === 'change') history.apply(step.change)
  else if (step.do === 'schedule') history.schedule(step.stage, step.change)
  else if (step.do === 'restart') history.restart()
  else if (step.do === 'replica') history.changeReplica()
  else history.fail(step.upstream, step.fault)
}
