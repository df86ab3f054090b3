import type { PageRequest } from '@waybill/core'
import { now } from '../fetch/monotonic-time.js'
import type { Part } from '../plan/split-by-direction.js'
import type { ReadPlan } from '../plan/plan.js'
import { compareIds, listRequest, type Stream, type StreamReader } from '../read/stream-reader.js'

/** How often they are counted. Rows that come and others that go in the same moment may hide each other once. */
const ROUNDS = 3

/** A part of a source that is read. */
export interface PartRead {
  readonly part: Part
  readonly plan: ReadPlan
  readonly reader: StreamReader
}

/**
 * Whether two parts list a row in common, so that the source passes over the filter that should keep them apart. Parts
 * that are merged in the order of their lists cannot read on without meeting each other's rows where they are not.
 */
export function areMixed(reads: readonly PartRead[]): boolean {
  const [one, other] = reads.map(({ reader }) => reader.seen().ids)
  return one !== undefined && other !== undefined && isShared(one, other)
}

/**
 * Whether all that one part lists is newer than what the other does: more rows than a page may have come between the
 * two, and hide that they are mixed.
 */
export function areFarApart(reads: readonly PartRead[]): boolean {
  const [one, other] = reads.map(({ reader }) => [...reader.seen().ids])
  return one !== undefined && other !== undefined && (areNewer(one, other) || areNewer(other, one))
}

/** The part that read a page last, which is the one to compare with another. */
export function latestOf(reads: readonly PartRead[]): PartRead | null {
  const answeredAt = ({ reader }: PartRead): number => reader.seen().last?.answeredAt ?? 0
  return reads.toSorted((a, b) => answeredAt(b) - answeredAt(a))[0] ?? null
}

/**
 * Whether a source lists the same rows in another part: the same page of it is compared, at one request.
 *
 * @param isAlone whether it is the only part that is read; what several remember may be of the whole list
 * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
 */
export async function isListedIn(
  other: Part,
  read: PartRead,
  isAlone: boolean,
  open: Omit<Stream, 'plan'>,
): Promise<boolean> {
  const { pages, last, ids, trail } = read.reader.seen()
  if (pages === 0 && !isAlone) return false
  // A cursor of one list means nothing in another.
  if (last === null || (last.page.kind === 'cursor' && last.page.after !== null)) return false
  const { page } = last
  const listed = await listedSince(read.plan, page, other, last.answeredAt, open)
  if (isShared(new Set([...ids, ...(isAlone ? trail : [])]), listed.ids)) return true
  // So many rows may have come between the two that not one is on both. A list of several pages is compared again.
  if (pages !== 1 || listed.ids.size <= last.ids.length || !areNewer([...listed.ids], last.ids)) return false
  const again = await listedSince(read.plan, page, read.part, listed.answeredAt, open)
  return isShared(again.ids, listed.ids)
}

/** The ids on a page of a part, as it is at some time or later. */
async function listedSince(
  plan: ReadPlan,
  page: PageRequest,
  part: Part,
  since: number,
  { store, reading }: Omit<Stream, 'plan'>,
): Promise<{ readonly ids: ReadonlySet<string>; readonly answeredAt: number }> {
  const at = { ...reading, source: part, begunAt: Math.max(reading.begunAt, since) }
  const { result, answeredAt } = await store.fetch(listRequest({ plan }, page), at)
  return { ids: new Set(result.messages.map(({ upstreamId }) => upstreamId)), answeredAt }
}

/** As far as ids tell, which mostly grow. */
function areNewer(ids: readonly string[], others: readonly string[]): boolean {
  const [oldest] = ids.toSorted(compareIds)
  const newest = others.toSorted(compareIds).at(-1)
  return oldest !== undefined && newest !== undefined && compareIds(oldest, newest) > 0
}

function isShared(ids: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...ids].some((id) => others.has(id))
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

/**
 * Whether a source lists rows that none of its parts has, where one of them lists nothing: it may not know the value that
 * selects that part. The other parts then have to list what stands at the head of the whole list.
 *
 * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
 */
export async function hasRowsInNoPart(
  { plan, part: empty }: Pick<PartRead, 'plan' | 'part'>,
  whole: Part,
  others: readonly Part[],
  open: Omit<Stream, 'plan'>,
): Promise<boolean> {
  const page = firstPageOf(whole)
  let since = open.reading.begunAt
  // What answers with a budget fetch one after the other cannot be compared anew.
  const rounds = open.reading.budget.isLimited ? 1 : ROUNDS
  for (let round = 1; round <= rounds; round += 1) {
    const { ids, answeredAt } = await listedSince(plan, page, whole, since, open)
    // Equal times may change places at the end of a page.
    const head = [...ids].slice(0, Math.ceil(ids.size / 2))
    if (head.length === 0) return false
    // What has come since the whole was listed does no harm.
    const isListed = async (parts: readonly Part[]): Promise<boolean> => {
      const lists = await Promise.all(parts.map((part) => listedSince(plan, page, part, answeredAt, open)))
      return head.every((id) => lists.some((list) => list.ids.has(id)))
    }
    if (await isListed(others)) return false
    if (await isListed([empty, ...others])) return false
    since = now()
  }
  return true
}

function firstPageOf({ provider }: Part): PageRequest {
  const { paging } = provider.capabilities
  switch (paging.kind) {
    case 'window':
      return { kind: 'window', limit: paging.maxItems }
    case 'page':
      return { kind: 'page', number: 1, size: paging.maxPageSize }
    case 'cursor':
      return { kind: 'cursor', after: null, limit: paging.maxPageSize }
  }
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
