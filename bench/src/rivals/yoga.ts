/** A GraphQL server that does nothing but start and answer. */
import type { RequestListener } from 'node:http'
import { load } from '../../rivals/load.ts'
import { listen } from './listen.ts'

const { createSchema, createYoga } = (await load('graphql-yoga')) as {
  readonly createSchema: (options: object) => unknown
  readonly createYoga: (options: object) => RequestListener
}
const schema = createSchema({
  typeDefs: 'type Query { hello: String! }',
  resolvers: { Query: { hello: () => 'world' } },
})
listen(createYoga({ schema, logging: false }))
