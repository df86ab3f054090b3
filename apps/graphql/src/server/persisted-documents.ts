import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import type { DocumentsMode } from '@waybill/runtime'
import { GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'

export interface PersistedDocumentsOptions {
  readonly mode: DocumentsMode
  /** The text of each document by its id. */
  readonly documents: ReadonlyMap<string, string>
}

/** The parameter that names a persisted document, beside that of automatic persisted queries. */
export const DOCUMENT_ID = 'documentId'

/**
 * Runs persisted documents by their id (`documentId`), or by the hash of automatic persisted queries, of which no new one is
 * stored: their clients then send the whole document.
 */
export function createPersistedDocuments({ mode, documents }: PersistedDocumentsOptions): Plugin {
  if (mode === 'off') {
    return {
      onParams({ params }) {
        if (!params.query && idOf(params) !== null) throw protocolError('PersistedQueryNotSupported')
      },
    }
  }
  return usePersistedOperations({
    allowArbitraryOperations: mode === 'prefer',
    extractPersistedOperationId: idOf,
    getPersistedOperation: (id) => documents.get(id) ?? null,
    customErrors: {
      notFound: () => protocolError('PersistedQueryNotFound'),
      persistedQueryOnly: () =>
        new GraphQLError(
          'Only persisted documents are run here. Send the id of one as `documentId`, without `query`.',
          { extensions: { code: 'FORBIDDEN', http: { spec: true, status: 403 } } },
        ),
      keyNotFound: () =>
        new GraphQLError('Send `query`, or the id of a persisted document as `documentId`.', {
          extensions: { code: 'BAD_REQUEST', http: { spec: false, status: 400 } },
        }),
    },
  })
}

function idOf(params: GraphQLParams): string | null {
  const id: unknown = Reflect.get(params, DOCUMENT_ID)
  if (typeof id === 'string') return id
  const persisted: unknown = params.extensions?.['persistedQuery']
  if (typeof persisted !== 'object' || persisted === null) return null
  const hash: unknown = Reflect.get(persisted, 'sha256Hash')
  return typeof hash === 'string' ? hash : null
}

/** What clients of automatic persisted queries look for, by these very words: they send the whole document then. */
function protocolError(message: 'PersistedQueryNotSupported' | 'PersistedQueryNotFound'): GraphQLError {
  const code =
    message === 'PersistedQueryNotFound' ? 'PERSISTED_QUERY_NOT_FOUND' : 'PERSISTED_QUERY_NOT_SUPPORTED'
  return new GraphQLError(message, { extensions: { code, http: { spec: false, status: 200 } } })
}
