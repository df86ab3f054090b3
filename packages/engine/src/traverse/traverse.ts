import { Answer } from '../answer/answer.js'
import type { EngineSource, TraversalPiece, TraversalQuery } from '../engine.js'
import type { PageStore } from '../fetch/page-store.js'
import { streamSources } from './stream-sources.js'

/** The most messages that a page may have: fewer would only cost more. */
const PAGE_SIZE = 500

/**
 * Reads to the end. The first page is a page like any other, which finds everything out that is to be reported; then the
 * sources are streamed, if they can be, and the last page tells how they stand at the end.
 */
export async function* traverse(
  query: TraversalQuery,
  sources: readonly EngineSource[],
  store: PageStore,
): AsyncGenerator<TraversalPiece, void> {
  const { records = 'none', ...given } = query
  const asked = { ...given, first: query.first ?? PAGE_SIZE }
  let after = query.after ?? null
  let total: number | null = null
  let isFirst = true
  let mayStream = true
  do {
    const totalCount = isFirst && query.totalCount === true
    const answer = await new Answer({ ...asked, after, totalCount }, sources, store).page()
    total ??= answer.totalCount
    after = answer.pageInfo.hasNextPage ? answer.pageInfo.endCursor : null
    const { edges, reports } = answer
    const page = { totalCount: total, reports }
    const end = after
    yield { messages: edges, records: null, cursor: () => end, isContinued: false, ...page }
    isFirst = false
    if (after === null || !mayStream) continue
    const streamed = yield* streamSources({ ...asked, after }, { sources, records, page })
    after = streamed.after
    mayStream = streamed.isWhole
  } while (after !== null)
}
