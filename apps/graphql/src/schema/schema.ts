import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.js'
import { declareDateTime } from './date-time.js'
import { declareJson } from './json.js'
import { declareLookupFields } from './lookup-fields.js'
import { declareMessagesField } from './messages-field.js'
import { declareSourcesField } from './sources-field.js'

/** The GraphQL schema. */
export const schema: GraphQLSchema = buildSchema()

function buildSchema(): GraphQLSchema {
  declareDateTime()
  declareJson()
  builder.queryType({ description: 'Everything that can be asked for.' })
  declareMessagesField()
  declareLookupFields()
  declareSourcesField()
  return builder.toSchema({ sortSchema: false })
}
