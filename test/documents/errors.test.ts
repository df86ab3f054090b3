import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codeBlocks } from '../support/markdown.js'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

const SCRIPT = `
import { parseMessageFilter } from '@waybill/core'
try {
  parseMessageFilter(process.env.FILTER)
} catch (error) {
  console.log(error.message)
}
`

it('shows the error of a filter as it is', async () => {
  const [shown = ''] = codeBlocks(readFileSync(join(root, 'docs/errors.md'), 'utf8'), 'text')
  const [, filter = ''] = shown.split('\n')
  const output = await run(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: join(root, 'packages/engine'),
    env: { FILTER: filter },
  })
  expect(output).toBe(shown)
})
