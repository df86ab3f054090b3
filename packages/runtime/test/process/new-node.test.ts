import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { nodeComplaint } from '../../src/process/new-node.js'

test('the refused versions are those that package.json excludes', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly engines: { readonly node: string }
  }
  const oldest = manifest.engines.node.replace('>=', '')
  expect([oldest, '22.14.1', '22.100.0', '23.0.0', '100.0.0'].map(nodeComplaint)).toEqual(Array(5).fill(null))
  for (const old of ['22.13.1', '22.9.0', '22.2.0', '21.99.99', '4.0.0']) {
    expect(nodeComplaint(old)).toContain(`needs Node.js ${oldest} or newer, and this is ${old}.`)
  }
})
