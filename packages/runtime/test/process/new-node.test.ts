import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nodeComplaint } from '../../src/process/new-node.js'

test('what is refused is what the package says that it does not support', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly engines: { readonly node: string }
  }
  const oldest = Number(manifest.engines.node.replace('>=', ''))
  expect(nodeComplaint(`${oldest}.0.0`)).toBeNull()
  expect(nodeComplaint(`${oldest + 10}.1.2`)).toBeNull()
  expect(nodeComplaint(`${oldest - 1}.99.99`)).toContain(`needs Node.js ${oldest} or newer`)
})
