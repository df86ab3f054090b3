import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.js'
import { countAnswers } from './count-answer.js'
import { declareLookupFields } from './lookup-fields.js'
import { declareMessageEvents } from './message-events.js'
import { declareMessageCountsField } from './message-counts-field.js'
import { declareMessagesField } from './messages-field.js'
import { declareReconcileField } from './reconcile-field.js'
import { declareDateTime, declareJson } from './scalars.js'
import { declareSourcesField } from './source.js'

/** The GraphQL schema. */
export const schema: GraphQLSchema = buildSchema()

function buildSchema(): GraphQLSchema {
  declareDateTime()
  declareJson()
  builder.queryType({ description: 'All queries.' })
  declareMessagesField()
  declareLookupFields()
  declareSourcesField()
  declareMessageEvents()
  declareMessageCountsField()
  declareReconcileField()
  return countAnswers(builder.toSchema({ sortSchema: false }))
}
