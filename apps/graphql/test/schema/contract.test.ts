import { readFile } from 'node:fs/promises'
import { buildSchema, type GraphQLSchema, parse, print, printType, visit } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'

const contract = buildSchema(await readFile(new URL('./contract.graphql', import.meta.url), 'utf8'))
const names = Object.keys(contract.getTypeMap()).filter(
  (name) => !name.startsWith('__') && name !== 'SourceCapabilities',
)

test.each(names)('%s is what outside programs rely on', (name) => {
  expect(bareType(schema, name)).toEqual(bareType(contract, name))
})

/** A type without its descriptions, its members in the order of their names. */
function bareType(from: GraphQLSchema, name: string): string[] {
  const type = from.getType(name)
  if (type === undefined) return []
  const bare = visit(parse(printType(type)), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  })
  return print(bare)
    .split('\n')
    .map((line) => line.trim())
    .toSorted()
}
