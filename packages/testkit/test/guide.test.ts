import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const FILES = ['provider.ts', 'upstream.ts', 'provider.test.ts']
const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/write-a-provider.md'), 'utf8')

it('shows the very code that is run here, file by file', () => {
  const run = FILES.map((file) => readFileSync(join(import.meta.dirname, 'guide', file), 'utf8'))
  expect([...guide.matchAll(/^```ts$/gm)]).toHaveLength(FILES.length)
  expect([...guide.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code)).toEqual(run)
})
