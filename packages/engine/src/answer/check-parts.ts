import type { ReadPlan } from '../plan/plan.js'
import { listRequest, type Stream } from '../read/stream-reader.js'
import type { SourceRun } from './source-run.js'

/**
 * Several streams stand in for the whole list only if each row is in one of them. Where the source tells totals, they
 * are compared; rows that come or go meanwhile are allowed for by counting the parts before and after the whole.
 *
 * @returns what is wrong, or null when the parts add up or nothing can be said
 */
export async function checkParts(
  run: SourceRun,
  open: Omit<Stream, 'plan' | 'stream'>,
): Promise<string | null> {
  if (!run.isMultiStream || !run.startsHere || run.failure !== null || run.plan.kind !== 'read') return null
  const before = sum(run.readers.map((reader) => reader.facts().total))
  if (before === null) return null
  const { plan } = run
  const shared =
    plan.learning[0]?.filter.filter((clause) => clause.field !== plan.learning[0]?.label?.field) ?? []
  const whole = await count(plan, { filter: shared, label: null }, open)
  if (whole === null || whole === before) return null
  const after = sum(await Promise.all(plan.learning.map((stream) => count(plan, stream, open))))
  if (after === null || (whole >= Math.min(before, after) && whole <= Math.max(before, after))) return null
  return `The messages of each direction add up to ${after}, but the source counts ${whole} in all: some have neither direction and are missing here. Leave the field direction out to read them.`
}

async function count(
  plan: ReadPlan,
  stream: ReadPlan['streams'][number],
  open: Omit<Stream, 'plan' | 'stream'>,
): Promise<number | null> {
  const request = listRequest({ ...open, plan, stream }, { kind: 'page', number: 1, size: 1 })
  const { result } = await open.store.fetch(request, open.reading)
  return result.page?.total ?? null
}

function sum(parts: readonly (number | null)[]): number | null {
  return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0)
}
