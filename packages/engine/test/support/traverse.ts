import type {
  Engine,
  MessagePage,
  MessagesQuery,
  SourcedMessage,
  TraversalPiece,
  TraversalQuery,
} from '../../src/index.js'

/** What following `endCursor` to the end yielded. */
export interface Traversal {
  readonly pages: readonly MessagePage[]
  readonly rows: readonly SourcedMessage[]
}

const MOST_PAGES = 5000

/** Reads all pages of a query. The arguments of later pages may differ from those of the first. */
export async function traverse(
  engine: Engine,
  query: MessagesQuery,
  later: (page: number) => MessagesQuery = () => query,
): Promise<Traversal> {
  const pages = [await engine.messages(query)]
  for (let last = pages.at(-1); last?.pageInfo.hasNextPage === true; last = pages.at(-1)) {
    if (pages.length > MOST_PAGES) throw new Error(`No end after ${MOST_PAGES} pages`)
    pages.push(await engine.messages({ ...later(pages.length), after: last.pageInfo.endCursor }))
  }
  return { pages, rows: pages.flatMap((page) => page.edges) }
}

/** All pieces of a traversal. */
export async function piecesOf(engine: Engine, query: TraversalQuery): Promise<TraversalPiece[]> {
  const pieces: TraversalPiece[] = []
  for await (const piece of engine.traverse(query)) pieces.push(piece)
  return pieces
}

/** The rows of a source in the order in which they came. */
export function idsOf(rows: readonly SourcedMessage[], source?: string): string[] {
  const own = rows.filter((row) => source === undefined || row.source === source)
  return own.map((row) => row.message.upstreamId)
}
