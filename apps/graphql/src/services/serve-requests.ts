import { createEngine } from '@waybill/engine'
import { createCallerViews } from '../access/caller-view.js'
import { cursorKeysOf } from '../access/cursor-keys.js'
import { createCursorSeal } from '../access/cursor-seal.js'
import { schema } from '../schema/schema.js'
import { type RunningServer, startServer } from '../server/server.js'
import type { Services } from './open-services.js'
import { readPersistedDocuments } from './persisted-documents.js'

/**
 * Answers requests over what was opened.
 * @throws the system's error when the port cannot be had
 */
export async function serveRequests({
  loaded,
  connected,
  logger,
  metrics,
}: Services): Promise<RunningServer> {
  const { configuration, folder, secrets } = loaded
  const { sources, history, phones } = connected
  const measured = sources.map((source) => ({
    ...source,
    provider: metrics.sources.measured(source.id, source.provider),
  }))
  return startServer({
    ...configuration.server,
    documents: await readPersistedDocuments(configuration.server.graphql, folder, schema),
    viewOf: createCallerViews({
      engine: createEngine({ sources: measured, observer: metrics.sources.engine }),
      sources,
      seal: createCursorSeal(cursorKeysOf(configuration.server, secrets)),
    }),
    archive: history?.archive ?? null,
    phones,
    logger,
    metrics,
  })
}
