import type { Measure } from '../compare/measure.ts'
import { compareRates, rateTable, ratioOf } from '../compare/rate.ts'
import { FIELDS, PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 200_000
const BODY = { query: PAGE_QUERY }
const OWN_QUERY = `query Page($before: DateTime) { messages(first: 50, filter: { sentAt: { lt: $before } }) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`
const FAR_AHEAD = Date.UTC(2099, 0, 1)

function ownBody(connection: number): unknown {
  return { query: OWN_QUERY, variables: { before: new Date(FAR_AHEAD + connection * 1000).toISOString() } }
}

export const measure: Measure = {
  title: 'Pages of fifty from SQLite that differ',
  about:
    'The page of `page-sqlite`, but to Waybill every connection sends a filter of its own, which all messages match: no two requests are equal, so that none can share its answer with another.',
  run: async (stage) => {
    const url = await stage.sqliteArchive(MESSAGES)
    const file = url.replace('sqlite:', '')
    await using byHand = await startRival('by-hand-sqlite.ts', { file })
    await using mercurius = await startRival('mercurius.ts', { file })
    await using waybill = await startWaybill(stage.folder, archiveConfiguration(url))
    const rates = await compareRates(
      [
        { name: 'by hand', server: byHand, path: '/', body: BODY },
        { name: 'Mercurius with JIT', server: mercurius, path: '/graphql', body: BODY },
        { name: 'Waybill', server: waybill, path: '/graphql', body: BODY, bodyOf: ownBody },
      ],
      stage.rate,
    )
    const what = 'Pages of fifty from SQLite that differ'
    return {
      table: rateTable(rates),
      goals: ['by hand', 'Mercurius with JIT'].map((against) => ({
        what,
        against,
        ratio: ratioOf(rates, 'Waybill', against),
        reach: { atLeast: against === 'by hand' ? 0.75 : 1.1 },
      })),
    }
  },
}
