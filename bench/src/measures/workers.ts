import { availableParallelism } from 'node:os'
import type { Measure } from '../compare/measure.ts'
import { compareRates, rateTable, ratioOf } from '../compare/rate.ts'
import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 200_000
const BODY = { query: PAGE_QUERY }
/** One core is left for the one that sends the requests. */
const WORKERS = Math.max(2, availableParallelism() - 1)

export const measure: Measure = {
  title: 'A page of fifty by several workers',
  about: `The page from SQLite by \`server.workers\` ${WORKERS}, beside one process. This machine has ${availableParallelism()} cores, and the requests are sent from it too: with fewer than ${WORKERS + 1} the workers share cores with the sender. Processor time is that of the process that starts the workers.`,
  run: async (stage) => {
    const archive = archiveConfiguration(await stage.sqliteArchive(MESSAGES))
    await using one = await startWaybill(stage.folder, archive)
    await using several = await startWaybill(stage.folder, { ...archive, server: { workers: WORKERS } })
    const rates = await compareRates(
      [
        { name: 'one process', server: one, path: '/graphql', body: BODY },
        { name: `${WORKERS} workers`, server: several, path: '/graphql', body: BODY },
      ],
      stage.rate,
    )
    return {
      table: rateTable(rates),
      goals: [
        {
          what: `Reads by ${WORKERS} workers`,
          against: 'one process',
          ratio: ratioOf(rates, `${WORKERS} workers`, 'one process'),
          reach: { atLeast: 0.8 * WORKERS },
        },
      ],
    }
  },
}
