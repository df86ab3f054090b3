import type { ArchiveDatabase } from '../database/archive-database.js'
import { decodeText, isWhole } from '../database/encoding.js'
import { toMessage } from '../store/message-row.js'
import type { CountedRow } from './counted-row.js'

/** The failure codes of counted rows, by how they are stored: a long one is stored as a digest. */
export async function readFailureCodes(
  { db }: ArchiveDatabase,
  source: string,
  rows: readonly Pick<CountedRow, 'failure_code'>[],
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>()
  for (const { failure_code: stored } of rows) {
    if (stored === null || codes.has(stored)) continue
    if (isWhole(stored)) {
      codes.set(stored, decodeText(stored))
      continue
    }
    const row = await db
      .selectFrom('messages')
      .select(['body', 'contact'])
      .where('source', '=', source)
      .where('failure_code', '=', stored)
      .limit(1)
      .executeTakeFirst()
    const code = row === undefined ? null : toMessage({ ...row, raw: null }).failure?.code
    codes.set(stored, code ?? decodeText(stored))
  }
  return codes
}
