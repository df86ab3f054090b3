import type { HistoryReport } from '@waybill/core'
import { decodeCursor, encodeCursor } from '../cursor/cursor.js'
import { isSourceFailure } from '../cursor/failure-code.js'
import { type Fingerprint, fingerprint } from '../cursor/fingerprint.js'
import { hasEnded, type SourcePosition } from '../cursor/position.js'
import type {
  EngineSource,
  MessagePage,
  MessagePageEdge,
  MessagesQuery,
  SourcedRejection,
} from '../engine.js'
import { BudgetSpent, RequestBudget } from '../fetch/budget.js'
import { attributed } from '../fetch/checked-list.js'
import { now } from '../fetch/monotonic-time.js'
import type { PageStore } from '../fetch/page-store.js'
import { type ParsedQuery, resolveQuery } from '../query/query.js'
import { merge } from './merge.js'
import { PageEdge, type Places } from './page-edge.js'
import { reportOn } from './report.js'
import { type Bookmarks, SourceRun } from './source-run.js'

/** One page of the connection, from the arguments to the reports. */
export class Answer implements Places {
  readonly #query: ParsedQuery
  readonly #sources: readonly EngineSource[]
  readonly #budget: RequestBudget
  readonly #abort = new AbortController()
  readonly #signal: AbortSignal
  readonly #runs: readonly SourceRun[]
  readonly #begunAt: number
  #fingerprint: Fingerprint | null = null

  /**
   * @param budget what several answers share; default: one for this answer alone
   * @throws WaybillError for what is wrong with the arguments
   */
  constructor(
    given: MessagesQuery,
    sources: readonly EngineSource[],
    store: PageStore,
    budget?: RequestBudget,
  ) {
    const query = resolveQuery(given)
    this.#query = query
    this.#sources = sources
    const cursor = query.after === null ? null : decodeCursor(query.after, this.#boundTo(), sources.length)
    const isFollowed = cursor !== null && cursor.sources.every(isAtEnd)
    // The clock of the replica that it began on may be ahead. What has come since a list ended is a list of its own.
    const begunAt = Math.min(
      isFollowed ? Number.POSITIVE_INFINITY : (cursor?.begunAt ?? Number.POSITIVE_INFINITY),
      now(),
    )
    this.#begunAt = begunAt
    this.#budget = budget ?? new RequestBudget(query.maxUpstreamRequests, given.allowance)
    this.#signal = this.#abort.signal
    const reading = { budget: this.#budget, signal: this.#signal, begunAt }
    const open = { store, reading, want: query.first + 1, isReported: query.reports }
    this.#runs = sources.map((source, index) => {
      const position = cursor?.sources[index] ?? null
      return new SourceRun(source, { query, position, isFollowed, open })
    })
  }

  cursorAt(bookmarks: readonly Bookmarks[]): string {
    return encodeCursor({
      fingerprint: this.#boundTo(),
      begunAt: this.#begunAt,
      sources: this.#runs.map((run, index) => run.positionAt(bookmarks[index] ?? [])),
    })
  }

  /** What cursors are bound to; made for the first of them. */
  #boundTo(): Fingerprint {
    this.#fingerprint ??= fingerprint(
      this.#query,
      this.#sources.map((source) => source.id),
    )
    return this.#fingerprint
  }

  /**
   * Where reports are not wanted, they leave out what is missing from histories, and nobody may be shown them.
   *
   * @throws WaybillError, among them UpstreamError under the policy FAIL; the signal's reason when it is aborted
   */
  async page(): Promise<MessagePage> {
    const { signal } = this.#query
    // Three times as fast as a signal made of both.
    const abort = (): void => this.#abort.abort(signal?.reason)
    if (signal?.aborted === true) abort()
    signal?.addEventListener('abort', abort)
    try {
      return await this.#page()
    } catch (error) {
      this.#abort.abort(error)
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async #page(): Promise<MessagePage> {
    const failure = this.#runs.find((run) => run.failure !== null)?.failure
    if (failure && this.#query.onSourceError === 'FAIL') throw failure
    await Promise.all(this.#runs.map((run) => this.#checkParts(run, () => run.checkParts())))
    const merged = await merge(this.#runs, this.#query.first, this.#query.sort, (run, error) =>
      this.#fail(run, error),
    )
    const unchecked = await Promise.all(
      this.#runs.map((run) => this.#checkParts(run, () => run.recheckParts())),
    )
    const paused = new Set([...merged.paused, ...unchecked.flatMap((run) => run ?? [])])
    const withdrawn = this.#runs.filter((run) => run.isWithdrawn)
    const isStopped =
      paused.size > 0 || withdrawn.some((run) => run.failure === null && run.readers.length > 0)
    await Promise.all(this.#runs.map((run) => this.#orElse(run, null, () => run.countParts())))
    const histories = this.#query.reports
      ? await Promise.all(this.#runs.map((run) => this.#history(run)))
      : []
    const totalCount = this.#query.totalCount ? await this.#count() : null
    await Promise.all(this.#runs.flatMap((run) => run.readers.map((reader) => reader.settle())))
    const hasNextPage = merged.hasNextPage || isStopped
    const rows = merged.rows.filter(({ run }) => !withdrawn.includes(run))
    const final = this.#runs.map((run) => run.bookmarks())
    const edges = rows.map(({ run, message, bookmarks }, index) => {
      // The last row of a list stands at its end in every source, so that what comes later is read from there.
      const place = !hasNextPage && index === rows.length - 1 ? final : bookmarks
      return new PageEdge(run.source.id, message, this, place)
    })
    const reports = this.#runs.map((run, index) =>
      reportOn(run, paused.has(run), this.#budget.spentOn(run.source.id), histories[index] ?? null),
    )
    return {
      edges,
      rejected: this.#runs.flatMap(rejectedBy),
      pageInfo: this.#pageInfo(edges, hasNextPage, isStopped || withdrawn.length > 0),
      totalCount,
      reports,
    }
  }

  /** A page that ended early, or brought nothing new, continues after everything that was looked at, matching or not. */
  #pageInfo(
    edges: readonly MessagePageEdge[],
    hasNextPage: boolean,
    paused: boolean,
  ): MessagePage['pageInfo'] {
    const hasMoved = paused || (edges.length === 0 && this.#query.after !== null)
    const progress = hasMoved ? this.#runs.map((run) => run.bookmarks()) : null
    return {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: progress === null ? (edges.at(-1)?.cursor ?? null) : this.cursorAt(progress),
    }
  }

  #fail(run: SourceRun, error: unknown): void {
    this.#signal.throwIfAborted()
    if (!isSourceFailure(error) || this.#query.onSourceError === 'FAIL') throw error
    run.fail(error)
  }

  async #history(run: SourceRun): Promise<HistoryReport | null> {
    const { source } = run
    if (run.plan.kind !== 'read' || run.failure !== null || source.provider.history === undefined) return null
    const call = { signal: this.#signal }
    return this.#orElse(run, null, () =>
      attributed(source, 'history', call, async () => (await source.provider.history?.(call)) ?? null),
    )
  }

  /** A source whose parts could not be checked for want of budget brings nothing in this answer. */
  async #checkParts(run: SourceRun, check: () => Promise<void>): Promise<SourceRun | null> {
    try {
      await check()
      return null
    } catch (error) {
      if (!(error instanceof BudgetSpent)) {
        this.#fail(run, error)
        return null
      }
      run.pause()
      return run
    }
  }

  async #count(): Promise<number | null> {
    if (this.#runs.some((run) => run.failure !== null || run.isUncountable)) return null
    const asked = this.#runs.flatMap((run) =>
      run.readers.map((reader) => this.#orElse(run, null, () => reader.count())),
    )
    const counts = await Promise.all(asked)
    return counts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0)
  }

  async #orElse<T>(run: SourceRun, otherwise: T, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof BudgetSpent)) this.#fail(run, error)
      return otherwise
    }
  }
}

/** Whether nothing was left to read of a source. */
function isAtEnd(position: SourcePosition): boolean {
  return position.kind !== 'streams' || position.streams.every(hasEnded)
}

/** The rows of a source that cannot be read, each once. */
function rejectedBy(run: SourceRun): SourcedRejection[] {
  const source = run.source.id
  const rows = run.readers.flatMap((reader) => reader.facts().rejected)
  const byKey = new Map(rows.map((row) => [row.upstreamId ?? JSON.stringify(row.raw), row] as const))
  return Array.from(byKey.values(), (row) => ({ source, row }))
}
