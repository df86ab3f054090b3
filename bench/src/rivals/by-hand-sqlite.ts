/** The page as one would write it by hand, without GraphQL: a statement, `JSON.parse` for each row, `JSON.stringify`. */
import Database from 'better-sqlite3'
import { SOURCE } from '../archive/messages.ts'
import { childArgument } from '../measure/child.ts'
import { listenForJson } from './listen.ts'
import { PAGE_SIZE, PAGE_SQL, type StoredRow, toPage } from './message-query.ts'

const { file } = childArgument() as { readonly file: string }
const database = new Database(file, { readonly: true })
const statement = database.prepare<[{ 1: string; 2: number }], StoredRow>(PAGE_SQL.replaceAll('$', '@'))

listenForJson(() => ({ data: { messages: toPage(SOURCE, statement.all({ 1: SOURCE, 2: PAGE_SIZE + 1 })) } }))
