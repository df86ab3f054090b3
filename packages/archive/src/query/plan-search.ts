import { foldCase } from '@waybill/core'
import { type Expression, sql, type SqlBool } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { encodeText } from '../database/encode-text.js'

/** How a text is searched for. */
export interface SearchPlan {
  /** What a message has to satisfy. */
  readonly condition: Expression<SqlBool>
  /** Whether so few messages can match that all of them are looked up and sorted; else the list is read in its order. */
  readonly isSelective: boolean
}

/** Up to so many messages are looked up and sorted for one page. */
const SELECTIVE = 10_000

/**
 * Decides how to search. The trigram index finds what may match at once, but in no order; what many messages hold is
 * found sooner by reading them in the order of the list. So the index is asked how many there may be, up to a bound.
 *
 * @param search null or empty: no search.
 */
export async function planSearch(
  { db, dialect }: ArchiveDatabase,
  search: string | null,
  signal: AbortSignal | undefined,
): Promise<SearchPlan | null> {
  if (search === null || search === '') return null
  const text = encodeText(foldCase(search))
  const contains = dialect.contains(text)
  if (!dialect.canFind(text)) return { condition: contains, isSelective: false }
  const mayContain = dialect.mayContain(text)
  const probe = db
    .selectFrom('messages')
    .select('row_id')
    .where(mayContain)
    .limit(SELECTIVE + 1)
  const { count } = await db
    .selectFrom(probe.as('probe'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow(dialect.abortable(signal))
  if (count > SELECTIVE) return { condition: contains, isSelective: false }
  return { condition: sql<SqlBool>`(${mayContain} and ${contains})`, isSelective: true }
}
