import type { Measure } from '../compare/measure.ts'
import { comparePages } from '../compare/page-contest.ts'
import { FIELDS } from '../rivals/message-query.ts'

const TITLE = 'Pages of fifty from SQLite that differ'
const QUERY = `query Page($before: DateTime) { messages(first: 50, filter: { sentAt: { lt: $before } }) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`
const FAR_AHEAD = Date.UTC(2099, 0, 1)

function bodyOf(connection: number): unknown {
  return { query: QUERY, variables: { before: new Date(FAR_AHEAD + connection * 1000).toISOString() } }
}

export const measure: Measure = {
  title: TITLE,
  about:
    'The page of `page-sqlite`, but to Waybill every connection sends a filter of its own, which all messages match: no two requests are equal, so that none can share its answer with another.',
  run: (stage) => comparePages(stage, TITLE, bodyOf),
}
