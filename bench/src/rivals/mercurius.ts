/** The page by Mercurius with its compiler, over the same statement. */
import type { IncomingMessage } from 'node:http'
import Database from 'better-sqlite3'
import { load } from '../../rivals/load.ts'
import { SOURCE } from '../archive/messages.ts'
import { childArgument, say } from '../measure/child.ts'
import { PAGE_SIZE, PAGE_SQL, type StoredRow, toPage } from './message-query.ts'

/** Of Fastify, what is used here. */
interface App {
  register(plugin: unknown, options: object): Promise<void>
  listen(options: { readonly host: string; readonly port: number }): Promise<string>
}

const { file } = childArgument() as { readonly file: string }
const database = new Database(file, { readonly: true })
const statement = database.prepare<[{ 1: string; 2: number }], StoredRow>(PAGE_SQL.replaceAll('$', '@'))

const { default: fastify } = (await load('fastify')) as {
  readonly default: (options: { readonly genReqId?: (request: IncomingMessage) => string }) => App
}
const { default: mercurius } = (await load('mercurius')) as { readonly default: unknown }
const app = fastify({})
await app.register(mercurius, {
  // Compiled when a query comes the second time.
  jit: 1,
  schema: `
    type Message {
      id: ID! upstreamId: String! direction: String type: String status: String text: String from: String
      interactionId: ID sentAt: String!
    }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type Connection { nodes: [Message!]! pageInfo: PageInfo! }
    type Query { messages(first: Int = 25): Connection! }
  `,
  resolvers: {
    Query: {
      messages: (_: unknown, { first }: { readonly first: number }) =>
        toPage(SOURCE, statement.all({ 1: SOURCE, 2: Math.min(first, PAGE_SIZE) + 1 })),
    },
  },
})
say({ url: (await app.listen({ host: '127.0.0.1', port: 0 })).replace('[::1]', '127.0.0.1') })
