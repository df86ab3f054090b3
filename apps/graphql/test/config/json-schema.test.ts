import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { configurationJsonSchema } from '@waybill/runtime'

test('the published JSON Schema is the one that the server checks by (pnpm run schema:config writes it)', async () => {
  const published: unknown = JSON.parse(
    await readFile(new URL('../../config.schema.json', import.meta.url), 'utf8'),
  )
  expect(configurationJsonSchema()).toEqual(published)
})

test('the JSON Schema describes every property', () => {
  const undescribed: string[] = []
  const walk = (schema: Readonly<Record<string, unknown>>, path: string): void => {
    for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Record<string, never>)) {
      if (!('description' in property)) undescribed.push(`${path}.${name}`)
      walk(property, `${path}.${name}`)
    }
    if (schema['items'] !== undefined) walk(schema['items'] as never, `${path}[]`)
    for (const option of (schema['anyOf'] ?? []) as never[]) walk(option, path)
  }
  walk(configurationJsonSchema(), '')
  expect(undescribed).toEqual([])
})
