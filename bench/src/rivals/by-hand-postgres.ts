/** The page as one would write it by hand with `pg`, without GraphQL; the statement is prepared once a connection. */
import pg from 'pg'
import { SOURCE } from '../archive/messages.ts'
import { childArgument } from '../measure/child.ts'
import { listenForJson } from './listen.ts'
import { PAGE_SIZE, PAGE_SQL, type StoredRow, toPage } from './message-query.ts'

const { url } = childArgument() as { readonly url: string }
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c search_path=waybill' })

listenForJson(async () => {
  const { rows } = await pool.query<StoredRow>({
    name: 'page',
    text: PAGE_SQL,
    values: [SOURCE, PAGE_SIZE + 1],
  })
  return { data: { messages: toPage(SOURCE, rows) } }
})
