import type { Message, MessageSort } from '@waybill/core'
import type { Bookmarks, HeadRow, SourceRun } from './source-run.js'

/** A row of the answer, and where every source stood right after it. */
export interface MergedRow {
  readonly run: SourceRun
  readonly message: Message
  readonly bookmarks: readonly Bookmarks[]
}

export interface Merged {
  readonly rows: readonly MergedRow[]
  readonly hasNextPage: boolean
  /** The sources whose part ended early because a budget was spent. */
  readonly paused: ReadonlySet<SourceRun>
}

/**
 * Takes the first `first` rows of all sources together, by time, then source, then in the source's own order. Each
 * source keeps its own place, so what was fetched and not shown is not lost.
 *
 * @param onError what to do with a failure: throw it, or take the source out
 */
export async function merge(
  runs: readonly SourceRun[],
  first: number,
  sort: MessageSort,
  onError: (run: SourceRun, error: unknown) => void,
): Promise<Merged> {
  const rows: MergedRow[] = []
  const sign = sort.direction === 'asc' ? 1 : -1
  const heads = await Promise.all(runs.map((run) => headOf(run, onError)))
  let bookmarks: readonly Bookmarks[] = runs.map((each) => each.bookmarks())
  /** The run whose row was taken last: its head has moved since, past rows that are not wanted too. */
  let moved = -1
  while (rows.length < first) {
    if (heads.includes('paused')) return { rows, hasNextPage: true, paused: pausedRuns(runs, heads) }
    const index = earliest(runs, heads, sign)
    const run = runs[index]
    const head = heads[index]
    if (run === undefined || head === undefined || head === null || head === 'paused') {
      return { rows, hasNextPage: false, paused: NONE }
    }
    head.reader.take()
    // All others stand where they stood.
    if (moved !== -1 && moved !== index) bookmarks = bookmarks.with(moved, runs[moved]?.bookmarks() ?? [])
    bookmarks = bookmarks.with(index, run.bookmarks())
    moved = index
    rows.push({ run, message: head.message, bookmarks })
    if (rows.length < first) heads[index] = run.headHere() ?? (await headOf(run, onError))
  }
  return { rows, ...(await outlook(runs, onError)) }
}

const NONE: ReadonlySet<SourceRun> = new Set()

type Head = HeadRow | 'paused' | null

async function headOf(run: SourceRun, onError: (run: SourceRun, error: unknown) => void): Promise<Head> {
  try {
    return await run.head()
  } catch (error) {
    onError(run, error)
    return null
  }
}

function pausedRuns(runs: readonly SourceRun[], heads: readonly Head[]): Set<SourceRun> {
  return new Set(runs.filter((_, index) => heads[index] === 'paused'))
}

function earliest(runs: readonly SourceRun[], heads: readonly Head[], sign: number): number {
  let best = -1
  let leader: HeadRow | null = null
  // Once for each row of the answer.
  for (let index = 0; index < heads.length; index += 1) {
    const head = heads[index] ?? null
    if (head === null || head === 'paused') continue
    const order = leader === null ? -1 : sign * (head.message.sentAt - leader.message.sentAt)
    if (order > 0 || (order === 0 && bySource(runs[index], runs[best]) >= 0)) continue
    best = index
    leader = head
  }
  return best
}

function bySource(a: SourceRun | undefined, b: SourceRun | undefined): number {
  const [left, right] = [a?.source.id ?? '', b?.source.id ?? '']
  return left === right ? 0 : left < right ? -1 : 1
}

/** Whether anything follows: asked of what is here first, and upstream only when that does not tell. */
async function outlook(
  runs: readonly SourceRun[],
  onError: (run: SourceRun, error: unknown) => void,
): Promise<Pick<Merged, 'hasNextPage' | 'paused'>> {
  if (runs.some((run) => run.hasMore() === true)) return { hasNextPage: true, paused: new Set() }
  for (const run of runs) {
    const head = await headOf(run, onError)
    if (head === 'paused') return { hasNextPage: true, paused: new Set([run]) }
    if (head !== null) return { hasNextPage: true, paused: new Set() }
  }
  return { hasNextPage: false, paused: new Set() }
}
