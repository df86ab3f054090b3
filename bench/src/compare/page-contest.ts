import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import type { Stage } from '../stage/stage.ts'
import { startRival } from '../stage/start-rival.ts'
import { startWaybill } from '../stage/start-waybill.ts'
import type { Measured } from './measure.ts'
import { type Contestant, compareRates, rateTable, ratioOf } from './rate.ts'

const MESSAGES = 200_000
const BODY = { query: PAGE_QUERY }

/**
 * Compares a page of fifty from SQLite with a server by hand and with Mercurius.
 *
 * @param what names the page in the table of goals
 * @param bodyOf what each connection sends to Waybill. Default: all of them the same page
 */
export async function comparePages(
  stage: Stage,
  what: string,
  bodyOf?: Contestant['bodyOf'],
): Promise<Measured> {
  const url = await stage.sqliteArchive(MESSAGES)
  const file = url.replace('sqlite:', '')
  await using byHand = await startRival('by-hand-sqlite.ts', { file })
  await using mercurius = await startRival('mercurius.ts', { file })
  await using waybill = await startWaybill(stage.folder, archiveConfiguration(url))
  const rates = await compareRates(
    [
      { name: 'by hand', server: byHand, path: '/', body: BODY },
      { name: 'Mercurius with JIT', server: mercurius, path: '/graphql', body: BODY },
      { name: 'Waybill', server: waybill, path: '/graphql', body: BODY, ...(bodyOf && { bodyOf }) },
    ],
    stage.rate,
  )
  const reach = { 'by hand': 0.75, 'Mercurius with JIT': 1.1 }
  return {
    table: rateTable(rates),
    goals: Object.entries(reach).map(([against, atLeast]) => ({
      what,
      against,
      ratio: ratioOf(rates, 'Waybill', against),
      reach: { atLeast },
    })),
  }
}
