import type { Measure } from '../compare/measure.ts'
import { compareRates, rateTable, ratioOf } from '../compare/rate.ts'
import { SOURCE } from '../archive/messages.ts'
import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 100_000

/** The same page of the same table in the words of PostGraphile, which has its columns for fields. */
const ROWS_QUERY = `query Page {
  allMessages(first: 50, condition: { source: ${JSON.stringify(SOURCE)} }, orderBy: [SENT_AT_DESC, ID_KEY_DESC]) {
    nodes { rowId idKey direction type status searchText sender interactionId sentAt }
    pageInfo { hasNextPage endCursor }
  }
}`

export const measure: Measure = {
  title: 'A page of fifty from PostgreSQL',
  about:
    '`messages(first: 50)` with nine fields and `pageInfo`, over HTTP, 100,000 messages in an archive in PostgreSQL, which runs on the same machine. By hand: `node:http`, `pg` with one prepared statement, `JSON.parse` of each row, `JSON.stringify`. PostGraphile: the same page with nine columns of the same table. All connections send the same request, and those that are in flight share one answer.',
  run: async (stage) => {
    const url = await stage.postgresArchive(MESSAGES)
    await using byHand = await startRival('by-hand-postgres.ts', { url })
    await using postgraphile = await startRival('postgraphile.ts', { url })
    await using waybill = await startWaybill(stage.folder, archiveConfiguration(url))
    const rates = await compareRates(
      [
        { name: 'by hand', server: byHand, path: '/', body: { query: PAGE_QUERY } },
        { name: 'PostGraphile 5', server: postgraphile, path: '/graphql', body: { query: ROWS_QUERY } },
        { name: 'Waybill', server: waybill, path: '/graphql', body: { query: PAGE_QUERY } },
      ],
      stage.rate,
    )
    return {
      table: rateTable(rates),
      goals: [
        {
          what: 'A page of fifty from PostgreSQL',
          against: 'PostGraphile 5',
          ratio: ratioOf(rates, 'Waybill', 'PostGraphile 5'),
          reach: { atLeast: 2 },
        },
      ],
    }
  },
}
