import { compareExports } from '../compare/export-speed.ts'
import type { Measure } from '../compare/measure.ts'
import { MANY } from '../stage/sizes.ts'

const COLUMNS = `source, body::json->>'upstreamId' as "upstreamId", body::json->>'whatsappId' as "whatsappId", sent_at, direction,
  type, body::json->>'rawType' as "rawType", status, sender, recipient, contact, body::json->>'text' as text,
  interaction_id, body::json->>'isRead' as "isRead", failure_code, deleted_at, detail`
const SQL = `select ${COLUMNS} from waybill.messages order by sent_at desc, id_key desc`

export const measure: Measure = {
  title: 'An export of everything from PostgreSQL',
  about: `\`waybill export\` of ${MANY.toLocaleString('en-US')} messages with its default fields, under \`NODE_OPTIONS=--max-semi-space-size=4\` and \`MALLOC_ARENA_MAX=1\` as [the guide](../docs/guides/cli.md#waybill-export) says, beside \`copy\` by \`psql\` with the same columns in the same order: as JSON of each row, and as CSV; beside Parquet as CSV.`,
  run: async (stage) => {
    const url = await stage.postgresArchive(MANY)
    return compareExports(stage, url, MANY, {
      name: 'psql',
      command: (format) => ({
        command: 'psql',
        args: [
          url,
          '-c',
          format === 'ndjson'
            ? `copy (select row_to_json(row) from (${SQL}) as row) to stdout`
            : `copy (${SQL}) to stdout with (format csv)`,
        ],
      }),
    })
  },
}
