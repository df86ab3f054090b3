import type * as Package from '../../src/index.js'
import type { WorldPlan } from './plan.js'
import { checkWorld, type Outcome, type TextScore } from './check-world.js'
import { LOG_ZONE, writeLog } from './write-log.js'
import { buildWorld, type World } from './world.js'

/** How many random worlds a test builds, and from which seed; `WAYBILL_HISTORIES` and `WAYBILL_SEED` set others. */
export const WORLDS: number = Number(process.env['WAYBILL_HISTORIES'] ?? 500)
export const SEED: number = Number(process.env['WAYBILL_SEED'] ?? 1)

export type Reconcile = Pick<typeof Package, 'findDisplaced' | 'openLog' | 'Reconciler' | 'reconcileWith'>

export function newScore(): TextScore {
  return { matched: 0, right: 0, matchable: 0, found: 0 }
}

/** Reconciles the world of a plan, its log read from a file, and returns everything that is wrong with the findings. */
export async function runWorld(plan: WorldPlan, by: Reconcile, score: TextScore): Promise<string[]> {
  const world = buildWorld(plan)
  if (world.entries.length === 0) return checkWorld(world, await reconcileWorld(world, by), score)
  const file = new TextEncoder().encode(writeLog(world.entries))
  const log = await by.openLog([file], { timeZone: LOG_ZONE })
  const entries: Package.LogEntry[] = []
  for await (const entry of log.entries) entries.push(entry)
  return checkWorld(world, await reconcileWorld({ ...world, entries }, by), score)
}

export async function reconcileWorld(world: World, by: Reconcile): Promise<Outcome> {
  const { entries, messages } = world
  const reconciler = new by.Reconciler(await optionsOf(world, by))
  const findings: Package.Finding[] = []
  for await (const some of by.reconcileWith(reconciler, { entries, messages })) findings.push(...some)
  return { findings, summary: reconciler.summary() }
}

/** Like {@link reconcileWorld}, but interrupted once and taken up from the checkpoint by another reconciler. */
export async function reconcileInTwo(world: World, by: Reconcile, share: number): Promise<Outcome> {
  const { entries, messages } = world
  const options = await optionsOf(world, by)
  const stopAt = Math.floor((entries.length + messages.length) * share)
  const first = new by.Reconciler(options)
  const findings: Package.Finding[] = []
  for (let step = 0; step < stopAt; step++) {
    const entry = entries[first.entries]
    const message = messages[first.messages]
    if (entry !== undefined && (message === undefined || (entry.at ?? 0) <= message.sentAt))
      findings.push(...first.addEntry(entry))
    else if (message !== undefined) findings.push(...first.addMessage(message))
  }
  const second = new by.Reconciler(options, first.checkpoint())
  const rest = { entries: entries.slice(second.entries), messages: messages.slice(second.messages) }
  for await (const some of by.reconcileWith(second, rest)) findings.push(...some)
  return { findings, summary: second.summary() }
}

/** With the messages looked up that an entry names and that are not within its window. */
async function optionsOf(
  { now, doubts, entries, messages }: World,
  by: Reconcile,
): Promise<Package.ReconcileOptions> {
  const displaced = await by.findDisplaced(entries, async ({ ids, whatsappIds }) =>
    messages.filter(
      ({ upstreamId, whatsappId }) => ids.includes(upstreamId) || whatsappIds.includes(whatsappId ?? ''),
    ),
  )
  return { now, doubts, displaced }
}
