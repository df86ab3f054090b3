import type { PageRequest } from '@waybill/core'
import { now } from '../fetch/now.js'
import type { Part } from '../plan/parts.js'
import type { ReadPlan } from '../plan/plan.js'
import { type FirstPage, listRequest, type Stream, type StreamReader } from '../read/stream-reader.js'

/** How often they are counted. Rows that come and others that go in the same moment may hide each other once. */
const ROUNDS = 3

/** A part of a source that is read. */
export interface PartRead {
  readonly part: Part
  readonly plan: ReadPlan
  readonly reader: StreamReader
}

/**
 * Whether a source lists the same rows for every direction, so that it passes over that filter. The parts that are read
 * are compared with each other; one that is read alone, with the same page of another part, at one request.
 *
 * @param others the parts that the query does not need
 * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
 */
export async function ignoresDirection(
  reads: readonly PartRead[],
  others: readonly Part[],
  open: Omit<Stream, 'plan'>,
): Promise<boolean> {
  const pages = reads.flatMap(({ reader }) => reader.firstPage() ?? [])
  const [first, second] = pages
  if (first === undefined) return false
  if (second !== undefined) return isShared(first, second.ids)
  const [other] = others
  const [read] = reads
  if (other === undefined || read === undefined || first.ids.length === 0) return false
  const reading = { ...open.reading, source: other }
  const { result } = await open.store.fetch(listRequest(read, first.page), reading)
  return isShared(
    first,
    result.messages.map(({ upstreamId }) => upstreamId),
  )
}

function isShared({ ids }: FirstPage, others: readonly string[]): boolean {
  return ids.some((id) => others.includes(id))
}

/**
 * Several parts stand in for the whole list only if each row is in one of them. Where the source tells totals, they
 * are compared; rows that come or go meanwhile are allowed for by counting the parts before and after the whole.
 *
 * @returns how many rows are in no part; null when the parts add up or nothing can be said
 */
export async function missingFromParts(
  reads: readonly PartRead[],
  whole: Part,
  open: Omit<Stream, 'plan'>,
): Promise<{ readonly parts: number; readonly whole: number } | null> {
  let before = sum(reads.map(({ reader }) => reader.facts().total))
  const [{ plan } = { plan: null }] = reads
  for (let round = 1; round <= ROUNDS; round += 1) {
    if (before === null || plan === null) return null
    const begunAt = round === 1 ? open.reading.begunAt : now()
    const count = (part: Part, by: ReadPlan): Promise<number | null> => countRows(part, by, open, begunAt)
    const all = await count(whole, plan)
    if (all === null || all === before) return null
    const after = sum(await Promise.all(reads.map((read) => count(read.part, read.plan))))
    if (after === null || (all >= Math.min(before, after) && all <= Math.max(before, after))) return null
    before = after
    if (round === ROUNDS) return { parts: before, whole: all }
  }
  return null
}

const SMALLEST: PageRequest = { kind: 'page', number: 1, size: 1 }

async function countRows(
  part: Part,
  plan: ReadPlan,
  { store, reading }: Omit<Stream, 'plan'>,
  begunAt: number,
): Promise<number | null> {
  const { result } = await store.fetch(listRequest({ plan }, SMALLEST), { ...reading, source: part, begunAt })
  return result.page?.total ?? null
}

function sum(parts: readonly (number | null)[]): number | null {
  return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0)
}
