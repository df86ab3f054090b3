import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, parse, specifiedRules, validate, visit } from 'graphql'
import { expect, test } from 'vitest'

const ROOT = new URL('../../../../', import.meta.url)
const GUIDES = readdirSync(new URL('docs/guides', ROOT)).map((name) => `docs/guides/${name}`)

const queries = ['README.md', ...GUIDES].flatMap((file) =>
  [...readFileSync(new URL(file, ROOT), 'utf8').matchAll(/^```graphql\n([\s\S]*?)^```$/gm)].map(
    ([, query = ''], index) => ({ file, place: index + 1, query }),
  ),
)

test.each(queries)(
  'query $place of $file is valid, and declares what a filter needs as non-null',
  ({ query }) => {
    const document = parse(query)
    const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
    expect(validate(schema, document, specifiedRules)).toEqual([])
    const nullable: string[] = []
    visit(document, {
      VariableDefinition: ({ type, variable }) => {
        if (type.kind !== 'NonNullType') nullable.push(variable.name.value)
      },
    })
    expect(nullable).toEqual([])
  },
)
