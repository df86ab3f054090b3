import type { Engine } from '@waybill/engine'
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
      const { startCursor, endCursor } = page.pageInfo
      return {
        ...page,
        edges: page.edges.map((edge) => ({
          source: edge.source,
          message: edge.message,
          get cursor() {
            return seal.seal(edge.cursor, context)
          },
        })),
        pageInfo: { ...page.pageInfo, startCursor: sealed(startCursor), endCursor: sealed(endCursor) },
      }
    },
    traverse: async function* (query) {
      const { after } = query
      const opened = after === null || after === undefined ? after : seal.open(after, context)
      for await (const piece of engine.traverse({ ...query, after: opened })) {
        yield { ...piece, cursor: sealed(piece.cursor) }
      }
    },
    restrictedTo: (ids) => withSealedCursors(engine.restrictedTo(ids), seal, context),
  }
}
