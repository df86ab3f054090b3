import { expect } from 'vitest'
import type { GraphQLFailure, Harness } from '../support/harness.js'

/** What is asked of the source `shop`, unless another filter is given. */
export interface Reading {
  readonly filter?: object
  readonly sort?: { readonly field?: string; readonly direction?: string }
  readonly search?: string
  readonly first?: number
  readonly after?: string | null
  readonly policy?: 'FAIL' | 'PARTIAL'
  /** Fields of the nodes besides their ids. */
  readonly select?: string
  /** Of which source the reports are kept. */
  readonly source?: string
}

export interface Warning {
  readonly code: string
  readonly field: string | null
  readonly count: number | null
  readonly message: string
}

export interface Report {
  readonly source: { readonly key: string }
  readonly outcome: string
  readonly completeness: string
  readonly warnings: readonly Warning[]
  readonly pushedDown: readonly string[]
  readonly evaluatedLocally: readonly string[]
  readonly upstreamRequests: number
  readonly error: {
    readonly code: string
    readonly message: string
    readonly retryAfterSeconds: number | null
  } | null
}

export interface Node extends Readonly<Record<string, unknown>> {
  readonly upstreamId: string
}

interface Connection {
  readonly totalCount: number | null
  readonly nodes: readonly Node[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly sources: readonly Report[]
}

/** What came of a list that was read to its end, or of one that failed. */
export interface ReadList {
  readonly nodes: readonly Node[]
  readonly ids: readonly number[]
  /** Of the first page. */
  readonly totalCount: number | null
  /** The source's report of every page. */
  readonly reports: readonly Report[]
  /** Of all pages. */
  readonly warnings: readonly Warning[]
  readonly codes: readonly string[]
  readonly endCursor: string | null
  /** Of the page that failed; empty where none did. */
  readonly errors: readonly GraphQLFailure[]
}

/** More pages than any list of these tests has. */
const MOST_PAGES = 60

/** Reads a list page by page to its end. Fails where it has none. */
export async function readList({ ask }: Pick<Harness, 'ask'>, reading: Reading = {}): Promise<ReadList> {
  const { source = 'shop', filter = { source: { eq: source } }, sort, search, first = 500 } = reading
  const { policy = 'FAIL', select = '', after: from = null } = reading
  const query = `query ($filter: MessageFilter, $sort: MessageSort, $search: String, $first: Int, $after: String, $policy: SourceErrorPolicy!) {
    messages(filter: $filter, sort: $sort, search: $search, first: $first, after: $after, onSourceError: $policy) {
      totalCount nodes { upstreamId ${select} } pageInfo { hasNextPage endCursor }
      sources {
        source { key } outcome completeness warnings { code field count message } pushedDown evaluatedLocally upstreamRequests
        error { code message retryAfterSeconds }
      }
    }
  }`
  const pages: Connection[] = []
  let after = from
  for (;;) {
    const { data, errors } = await ask(query, { filter, sort, search, first, after, policy })
    if (errors.length > 0) return listOf(pages, source, errors)
    const { messages } = data as unknown as { readonly messages: Connection }
    pages.push(messages)
    after = messages.pageInfo.endCursor ?? after
    if (!messages.pageInfo.hasNextPage) return listOf(pages, source, [])
    expect(pages.length).toBeLessThan(MOST_PAGES)
  }
}

function listOf(pages: readonly Connection[], source: string, errors: readonly GraphQLFailure[]): ReadList {
  const nodes = pages.flatMap((page) => page.nodes)
  const reports = pages.flatMap(({ sources }) => sources.filter(({ source: { key } }) => key === source))
  const warnings = reports.flatMap((report) => report.warnings)
  return {
    nodes,
    ids: nodes.map(({ upstreamId }) => Number(upstreamId)),
    totalCount: pages[0]?.totalCount ?? null,
    reports,
    warnings,
    codes: [...new Set(warnings.map(({ code }) => code))],
    endCursor: pages.findLast(({ pageInfo }) => pageInfo.endCursor !== null)?.pageInfo.endCursor ?? null,
    errors,
  }
}

/** The ids from `high` down to `low`, which is the order of plain rows, the newest first. */
export function downFrom(high: number, low = 1): number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => high - index)
}

/** Whether a report calls its source complete. */
export function isComplete({ completeness }: Report): boolean {
  return completeness === 'COMPLETE'
}
