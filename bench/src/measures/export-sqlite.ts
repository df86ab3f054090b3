import { compareExports } from '../compare/export-speed.ts'
import type { Measure } from '../compare/measure.ts'
import { MANY } from '../stage/sizes.ts'

const COLUMNS = `source, body->>'upstreamId' as upstreamId, body->>'whatsappId' as whatsappId, sent_at, direction, type,
  body->>'rawType' as rawType, status, sender, recipient, contact, body->>'text' as text, interaction_id,
  body->>'isRead' as isRead, failure_code, deleted_at, detail`
const SQL = `select ${COLUMNS} from messages order by sent_at desc, id_key desc`

export const measure: Measure = {
  title: 'An export of everything from SQLite',
  about: `\`waybill export\` of ${MANY.toLocaleString('en-US')} messages with its default fields, under \`NODE_OPTIONS=--max-semi-space-size=4\` and \`MALLOC_ARENA_MAX=1\` as [the guide](../docs/guides/cli.md#waybill-export) says, beside \`sqlite3\` with the same columns in the same order; beside Parquet it writes CSV.`,
  run: async (stage) => {
    const url = await stage.sqliteArchive(MANY)
    const file = url.replace('sqlite:', '')
    return compareExports(stage, url, MANY, {
      name: 'sqlite3',
      command: (format) => ({
        command: 'sqlite3',
        args: [format === 'ndjson' ? '-json' : '-csv', file, SQL],
      }),
    })
  },
}
