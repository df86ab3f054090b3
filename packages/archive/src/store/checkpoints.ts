import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.js'

export async function readCheckpoint(
  db: Kysely<Tables>,
  source: string,
  name: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('checkpoints')
    .select('value')
    .where('source', '=', source)
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as string)
}

export async function setCheckpoints(
  db: Kysely<Tables>,
  source: string,
  checkpoints: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [name, value] of Object.entries(checkpoints)) {
    if (value === null) {
      await db.deleteFrom('checkpoints').where('source', '=', source).where('name', '=', name).execute()
      continue
    }
    await db
      .insertInto('checkpoints')
      .values({ source, name, value: JSON.stringify(value) })
      .onConflict((conflict) =>
        conflict.columns(['source', 'name']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
      )
      .execute()
  }
}
