import { readFile } from 'node:fs/promises'
import { codegen } from '@graphql-codegen/core'
import * as typedDocuments from '@graphql-codegen/typed-document-node'
import * as schemaTypes from '@graphql-codegen/typescript'
import * as operationTypes from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { exampleTabs } from '../../src/server/graphiql-examples.js'

const SCHEMA = new URL('../../schema.graphql', import.meta.url)

test('GraphQL Code Generator makes types and typed documents of the schema and all examples', async () => {
  const schema = parse(await readFile(SCHEMA, 'utf8'))
  const documents = exampleTabs(new Date()).map(({ query }, index) => ({
    location: `example-${index}.graphql`,
    document: parse(query),
  }))
  const code = await codegen({
    filename: 'waybill.ts',
    schema,
    documents,
    config: { strictScalars: true, scalars: { DateTime: 'string', JSON: 'unknown' } },
    plugins: [{ schema: {} }, { operations: {} }, { documents: {} }],
    pluginMap: { schema: schemaTypes, operations: operationTypes, documents: typedDocuments },
  })
  expect(code).toContain('export type MessageFilter = {')
  expect(code).toMatch(/export type NewestMessagesQuery = \{.*messages: \{/)
  expect(code).toContain('export const NewestMessagesDocument = ')
})
