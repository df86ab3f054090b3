import type { Step } from './arbitraries.js'
import { History, type HistoryPlan } from './history.js'

/** Takes all steps, reads on to the end, and gives the finished history. */
export async function runHistory(
  plan: HistoryPlan,
  steps: readonly Step[],
  makeEngine?: ConstructorParameters<typeof History>[1],
): Promise<History> {
  const history = new History(plan, makeEngine)
  for (const step of steps) await take(history, step)
  await history.drain()
  return history
}

async function take(history: History, step: Step): Promise<void> {
  if (step.do === 'page') await history.page(step.first, step.budget)
  else if (step.do === 'change') history.apply(step.change)
  else if (step.do === 'schedule') history.schedule(step.stage, step.change)
  else if (step.do === 'restart') history.restart()
  else history.fail(step.upstream)
}
