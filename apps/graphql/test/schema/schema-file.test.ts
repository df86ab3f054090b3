import { readFile } from 'node:fs/promises'
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'

test('schema.graphql is what is served', async () => {
  const file = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')
  expect(file).toBe(`${printSchema(schema)}\n`)
})

test('everything has a description', () => {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  )
  const described = types.flatMap((type) => [[type.name, type.description] as const, ...membersOf(type)])
  expect(described.length).toBeGreaterThan(150)
  expect(described.filter(([, description]) => !description).map(([name]) => name)).toEqual([])
})

type Described = readonly [name: string, description: string | null | undefined]

function membersOf(type: GraphQLNamedType): Described[] {
  if (isEnumType(type))
    return type.getValues().map(({ name, description }) => [`${type.name}.${name}`, description])
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(({ name, description }) => [
      `${type.name}.${name}`,
      description,
    ])
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field): Described[] => [
    [`${type.name}.${field.name}`, field.description],
    ...field.args.map(({ name, description }): Described => [
      `${type.name}.${field.name}(${name}:)`,
      description,
    ]),
  ])
}
