import { createHash } from 'node:crypto'
import type { Measure } from '../compare/measure.ts'
import { compareRates, rateTable, ratioOf } from '../compare/rate.ts'
import { PAGE_QUERY } from '../rivals/message-query.ts'
import { archiveConfiguration } from '../stage/archives.ts'
import { startWaybill } from '../stage/start-waybill.ts'

const MESSAGES = 200_000
const BODY = { query: PAGE_QUERY }
const TOKEN = 'a-token-of-an-auditor-who-sees-no-content'

/** Known by its hash, allowed to read without content, and bounded in everything that can be bounded. */
const GUARDED = {
  auth: {
    tokens: [
      {
        name: 'auditor',
        sha256: createHash('sha256').update(TOKEN).digest('hex'),
        scopes: ['messages:read'],
      },
    ],
  },
  limits: { requestsPerMinute: 10_000_000, costPerMinute: 1_000_000_000, upstreamRequestsPerMinute: 10_000 },
}

export const measure: Measure = {
  title: 'The same page with access control and masking',
  about:
    'The page from SQLite, by a caller with a token who may not see content: the token is checked, texts and numbers are masked, cost and requests are counted for each minute. Both servers write their log into a file.',
  run: async (stage) => {
    const archive = archiveConfiguration(await stage.sqliteArchive(MESSAGES))
    await using open = await startWaybill(stage.folder, archive)
    await using guarded = await startWaybill(stage.folder, { ...archive, server: GUARDED })
    const headers = { authorization: `Bearer ${TOKEN}` }
    const rates = await compareRates(
      [
        { name: 'without', server: open, path: '/graphql', body: BODY },
        { name: 'with', server: guarded, path: '/graphql', body: BODY, headers },
      ],
      stage.rate,
    )
    return {
      table: rateTable(rates),
      goals: [
        {
          what: 'The page with access control, masking, cost and logging',
          against: 'itself without access control and masking',
          ratio: ratioOf(rates, 'with', 'without'),
          reach: { atLeast: 0.9 },
        },
      ],
    }
  },
}
