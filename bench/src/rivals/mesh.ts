/** A tenant's list through GraphQL Mesh's handler of JSON schemas, which knows nothing but where it is and what a row is like. */
import type { RequestListener } from 'node:http'
import { load } from '../../rivals/load.ts'
import { childArgument } from '../measure/child.ts'
import type { WacrAddress } from '../upstream/wacr-process.ts'
import { listen } from './listen.ts'

const TEXT = { type: ['string', 'null'] }
const ROW = {
  type: 'object',
  title: 'Row',
  properties: {
    id: { type: 'integer' },
    interaction_id: { type: ['integer', 'null'] },
    sender_id: TEXT,
    type: TEXT,
    message: TEXT,
    status: TEXT,
    message_id: TEXT,
    sent_at: { type: 'string' },
    is_read: { type: 'boolean' },
  },
}
const LIST = { type: 'object', title: 'List', properties: { data: { type: 'array', items: ROW } } }

const { url, token } = childArgument() as WacrAddress
const [{ loadGraphQLSchemaFromJSONSchemas }, { createYoga }] = (await Promise.all(
  ['@omnigraph/json-schema', 'graphql-yoga'].map(load),
)) as [
  { readonly loadGraphQLSchemaFromJSONSchemas: (name: string, options: object) => Promise<unknown> },
  { readonly createYoga: (options: object) => RequestListener },
]
const schema = await loadGraphQLSchemaFromJSONSchemas('wacr', {
  endpoint: url,
  operationHeaders: { Authorization: `Bearer ${token}` },
  operations: [
    {
      type: 'Query',
      field: 'messages',
      path: '/messages?per_page={args.first}',
      method: 'GET',
      argTypeMap: { first: { type: 'integer' } },
      responseSchema: LIST,
    },
  ],
})
listen(createYoga({ schema, logging: false }))
