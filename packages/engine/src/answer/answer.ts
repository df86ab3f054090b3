import type { HistoryReport, Message, SourceWarning } from '@waybill/core'
import { decodeCursor, encodeCursor } from '../cursor/cursor.js'
import { isSourceFailure } from '../cursor/failure-code.js'
import { fingerprint } from '../cursor/fingerprint.js'
import type { EngineSource, MessagePage, MessagePageEdge, MessagesQuery } from '../engine.js'
import { BudgetSpent, RequestBudget } from '../fetch/budget.js'
import { attributed } from '../fetch/checked-list.js'
import { now } from '../fetch/now.js'
import type { PageStore } from '../fetch/page-store.js'
import { planSource } from '../plan/plan.js'
import { type ParsedQuery, parseQuery } from '../query/query.js'
import type { Stream } from '../read/stream-reader.js'
import { checkParts } from './check-parts.js'
import { merge } from './merge.js'
import { reportOn } from './report.js'
import { type Bookmarks, SourceRun } from './source-run.js'

/** One page of the connection, from the arguments to the reports. */
export class Answer {
  readonly #query: ParsedQuery
  readonly #budget: RequestBudget
  readonly #abort = new AbortController()
  readonly #signal: AbortSignal
  readonly #runs: readonly SourceRun[]
  readonly #opens: readonly Omit<Stream, 'plan' | 'stream'>[]
  readonly #cursorAt: (bookmarks: readonly Bookmarks[]) => string

  /** @throws WaybillError for what is wrong with the arguments */
  constructor(given: MessagesQuery, sources: readonly EngineSource[], store: PageStore) {
    const query = parseQuery(given)
    const bound = fingerprint(
      query,
      sources.map((source) => source.id),
    )
    const cursor = query.after === null ? null : decodeCursor(query.after, bound, sources.length)
    // The clock of the replica that it began on may be ahead.
    const begunAt = Math.min(cursor?.begunAt ?? Number.POSITIVE_INFINITY, now())
    const plans = sources.map((source) => planSource(source, query))
    const reads = Math.max(1, plans.filter((plan) => plan.kind === 'read').length)
    this.#query = query
    this.#budget = new RequestBudget(query.maxUpstreamRequests)
    this.#signal = AbortSignal.any([
      this.#abort.signal,
      ...(query.signal === undefined ? [] : [query.signal]),
    ])
    this.#opens = sources.map((source) => ({
      store,
      reading: { source, budget: this.#budget, signal: this.#signal, begunAt },
      want: Math.ceil((query.first + 1) / reads),
    }))
    this.#runs = plans.map((plan, index) =>
      openRun(sources[index], plan, cursor?.sources[index] ?? null, this.#opens[index]),
    )
    this.#cursorAt = (bookmarks) =>
      encodeCursor({
        fingerprint: bound,
        begunAt,
        sources: this.#runs.map((run, index) => run.positionAt(bookmarks[index] ?? [])),
      })
  }

  /** @throws WaybillError, among them UpstreamError under the policy FAIL; the signal's reason when it is aborted */
  async page(): Promise<MessagePage> {
    try {
      return await this.#page()
    } catch (error) {
      this.#abort.abort(error)
      throw error
    }
  }

  async #page(): Promise<MessagePage> {
    const failure = this.#runs.find((run) => run.failure !== null)?.failure
    if (failure && this.#query.onSourceError === 'FAIL') throw failure
    const merged = await merge(this.#runs, this.#query.first, this.#query.sort, (run, error) =>
      this.#fail(run, error),
    )
    const doubts = await Promise.all(this.#runs.map((run, index) => this.#doubt(run, index)))
    const histories = await Promise.all(this.#runs.map((run) => this.#history(run)))
    const totalCount = this.#query.totalCount ? await this.#count() : null
    await Promise.all(this.#runs.flatMap((run) => run.readers.map((reader) => reader.settle())))
    const edges = merged.rows.map((row) => this.#edge(row.run.source.id, row.message, row.bookmarks))
    const reports = this.#runs.map((run, index) =>
      reportOn(
        run,
        merged.paused.has(run),
        this.#budget.spentOn(run.source.id),
        doubts[index] ?? null,
        histories[index] ?? null,
      ),
    )
    return {
      edges,
      rejected: [],
      pageInfo: this.#pageInfo(edges, merged.hasNextPage, merged.paused.size > 0),
      totalCount,
      reports,
    }
  }

  #edge(source: string, message: Message, bookmarks: readonly Bookmarks[]): MessagePageEdge {
    const cursorAt = this.#cursorAt
    return {
      source,
      message,
      get cursor(): string {
        return cursorAt(bookmarks)
      },
    }
  }

  /** A page that ended early goes on behind everything that was looked at, matching or not. */
  #pageInfo(
    edges: readonly MessagePageEdge[],
    hasNextPage: boolean,
    paused: boolean,
  ): MessagePage['pageInfo'] {
    const progress = paused ? this.#cursorAt(this.#runs.map((run) => run.bookmarks())) : null
    return {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: progress ?? edges.at(-1)?.cursor ?? null,
    }
  }

  #fail(run: SourceRun, error: unknown): void {
    this.#signal.throwIfAborted()
    if (!isSourceFailure(error) || this.#query.onSourceError === 'FAIL') throw error
    run.fail(error)
  }

  async #doubt(run: SourceRun, index: number): Promise<SourceWarning | null> {
    const open = this.#opens[index]
    return open === undefined ? null : this.#orElse(run, null, () => checkParts(run, open))
  }

  async #history(run: SourceRun): Promise<HistoryReport | null> {
    const { source } = run
    if (run.plan.kind !== 'read' || run.failure !== null || source.provider.history === undefined) return null
    const call = { signal: this.#signal }
    return this.#orElse(run, null, () =>
      attributed(source, call, async () => (await source.provider.history?.(call)) ?? null),
    )
  }

  async #count(): Promise<number | null> {
    if (this.#runs.some((run) => run.failure !== null)) return null
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

function openRun(
  source: EngineSource | undefined,
  plan: SourceRun['plan'],
  position: ConstructorParameters<typeof SourceRun>[2],
  open: Omit<Stream, 'plan' | 'stream'> | undefined,
): SourceRun {
  if (source === undefined || open === undefined) throw new TypeError('There is a plan for each source')
  return new SourceRun(source, plan, position, open)
}
