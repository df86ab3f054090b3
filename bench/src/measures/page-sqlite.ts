import type { Measure } from '../compare/measure.ts'
import { compareRates, rateTable, ratioOf } from '../compare/rate.ts'
import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 200_000
const BODY = { query: PAGE_QUERY }

export const measure: Measure = {
  title: 'A page of fifty from SQLite',
  about:
    '`messages(first: 50)` with nine fields and `pageInfo`, over HTTP, 200,000 messages in an archive in SQLite. By hand: `node:http`, one statement, `JSON.parse` of each row, `JSON.stringify`.',
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
        { name: 'Waybill', server: waybill, path: '/graphql', body: BODY },
      ],
      stage.rate,
    )
    const what = 'A page of fifty from SQLite'
    return {
      table: rateTable(rates),
      goals: [
        { what, against: 'by hand', ratio: ratioOf(rates, 'Waybill', 'by hand'), reach: { atLeast: 0.75 } },
        {
          what,
          against: 'Mercurius with JIT',
          ratio: ratioOf(rates, 'Waybill', 'Mercurius with JIT'),
          reach: { atLeast: 1.1 },
        },
      ],
    }
  },
}
