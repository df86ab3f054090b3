import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { generate, loadContext } from '@graphql-codegen/cli'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../', import.meta.url))

test('the types of the operations are those of the schema (else: pnpm run generate)', async () => {
  const context = await loadContext(`${folder}codegen.json`)
  context.cwd = folder
  const files = await generate(context, false)
  expect(files).toHaveLength(1)
  for (const { content } of files)
    expect(await readFile(`${folder}src/api/operations.ts`, 'utf8')).toBe(content)
})
