import type { SourceWarning } from '@waybill/core'
import { now } from '../fetch/now.js'
import type { ReadPlan } from '../plan/plan.js'
import { listRequest, type Stream } from '../read/stream-reader.js'
import type { SourceRun } from './source-run.js'

/** How often they are counted. Rows that come and others that go in the same moment may hide each other once. */
const ROUNDS = 3

/**
 * Several streams stand in for the whole list only if each row is in one of them. Where the source tells totals, they
 * are compared; rows that come or go meanwhile are allowed for by counting the parts before and after the whole.
 *
 * @returns what is wrong, or null when the parts add up or nothing can be said
 */
export async function checkParts(
  run: SourceRun,
  open: Omit<Stream, 'plan' | 'stream'>,
): Promise<SourceWarning | null> {
  if (!run.isMultiStream || !run.startsHere || run.failure !== null || run.plan.kind !== 'read') return null
  let before = sum(run.readers.map((reader) => reader.facts().total))
  const { plan } = run
  const shared =
    plan.learning[0]?.filter.filter((clause) => clause.field !== plan.learning[0]?.label?.field) ?? []
  let whole: number | null = null
  for (let round = 1; round <= ROUNDS; round += 1) {
    if (before === null) return null
    const anew = round === 1 ? open : { ...open, reading: { ...open.reading, begunAt: now() } }
    whole = await count(plan, { filter: shared, label: null }, anew)
    if (whole === null || whole === before) return null
    const after = sum(await Promise.all(plan.learning.map((stream) => count(plan, stream, anew))))
    if (after === null || (whole >= Math.min(before, after) && whole <= Math.max(before, after))) return null
    before = after
  }
  const message = `The messages of each direction add up to ${before}, but the source counts ${whole} in all: some have neither direction and are missing here. Leave the field direction out to read them.`
  return {
    code: 'TOTALS_DISAGREE',
    message,
    field: 'direction',
    count: Math.abs(whole === null || before === null ? 0 : whole - before),
  }
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
