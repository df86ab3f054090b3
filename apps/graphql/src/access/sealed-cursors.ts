import type { Message } from '@waybill/core'
import type { Engine, MessagePage, MessagePageEdge } from '@waybill/engine'
import type { CursorSeal } from './cursor-seal.js'

/**
 * The engine, with cursors that say nothing to whoever holds them.
 *
 * @param context what a cursor is bound to, beside its query: it cannot be opened in another one.
 */
export function withSealedCursors(engine: Engine, seal: CursorSeal, context: string): Engine {
  const sealed = (cursor: string | null): string | null => cursor && seal.seal(cursor, context)
  return {
    ...engine,
    messages: async (query) => {
      const { after } = query
      const opened = after === null || after === undefined ? after : seal.open(after, context)
      const page = await engine.messages({ ...query, after: opened })
      return {
        ...page,
        edges: page.edges.map((edge) => new SealedEdge(edge, seal, context)),
        pageInfo: new SealedPageInfo(page.pageInfo, sealed),
      }
    },
    traverse: async function* (query) {
      const { after } = query
      const opened = after === null || after === undefined ? after : seal.open(after, context)
      for await (const piece of engine.traverse({ ...query, after: opened })) {
        yield { ...piece, cursor: () => sealed(piece.cursor()) }
      }
    },
    restrictedTo: (ids) => withSealedCursors(engine.restrictedTo(ids), seal, context),
  }
}

/** An edge whose cursor is sealed when it is read. */
class SealedEdge implements MessagePageEdge {
  readonly source: string
  readonly message: Message
  readonly #edge: MessagePageEdge
  readonly #seal: CursorSeal
  readonly #context: string

  constructor(edge: MessagePageEdge, seal: CursorSeal, context: string) {
    this.source = edge.source
    this.message = edge.message
    this.#edge = edge
    this.#seal = seal
    this.#context = context
  }

  get cursor(): string {
    return this.#seal.seal(this.#edge.cursor, this.#context)
  }
}

type PageInfo = MessagePage['pageInfo']

/** The place of a page, whose cursors are sealed when they are read. */
class SealedPageInfo implements PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly #pageInfo: PageInfo
  readonly #sealed: (cursor: string | null) => string | null

  constructor(pageInfo: PageInfo, sealed: (cursor: string | null) => string | null) {
    this.hasNextPage = pageInfo.hasNextPage
    this.hasPreviousPage = pageInfo.hasPreviousPage
    this.#pageInfo = pageInfo
    this.#sealed = sealed
  }

  get startCursor(): string | null {
    return this.#sealed(this.#pageInfo.startCursor)
  }

  get endCursor(): string | null {
    return this.#sealed(this.#pageInfo.endCursor)
  }
}
