import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigurationError, type ConfigurationIssue } from '@waybill/core'
import type { GraphQLConfiguration } from '@waybill/runtime'
import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'

const PATH = ['server', 'graphql', 'documentsFile']

/**
 * Reads the persisted documents of a configuration: the text of each by its id, as code generators write them.
 *
 * @param folder what the path is relative to.
 * @throws ConfigurationError for a file that cannot be read, listing every document that does not fit the schema.
 */
export async function readPersistedDocuments(
  { documentsFile }: Pick<GraphQLConfiguration, 'documentsFile'>,
  folder: string,
  schema: GraphQLSchema,
): Promise<ReadonlyMap<string, string>> {
  if (documentsFile === null) return new Map()
  const entries = entriesOf(await readJson(resolve(folder, documentsFile)))
  const issues = entries.flatMap(([id, text]) => issuesOf(id, text, schema))
  if (issues.length > 0) throw new ConfigurationError(issues)
  return new Map(entries as [string, string][])
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (error) {
    const isSyntax = error instanceof SyntaxError
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error'
    throw new ConfigurationError(
      [
        {
          path: PATH,
          expected: 'a JSON file that can be read',
          found: isSyntax ? 'a file that is not JSON' : code,
        },
      ],
      { cause: error },
    )
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value)
  throw new ConfigurationError([
    {
      path: PATH,
      expected: 'a file with an object: the text of each document under its id',
      found: 'another value',
    },
  ])
}

function issuesOf(id: string, text: unknown, schema: GraphQLSchema): ConfigurationIssue[] {
  const path = [...PATH, id.slice(0, 80)]
  if (typeof text !== 'string') return [{ path, expected: 'the text of a document', found: 'another value' }]
  try {
    return validate(schema, parse(text)).map(({ message }) => ({
      path,
      expected: 'a document that fits the schema',
      found: message,
    }))
  } catch (error) {
    const found = error instanceof GraphQLError ? error.message : 'text that cannot be read'
    return [{ path, expected: 'a document', found }]
  }
}
