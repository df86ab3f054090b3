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

it('lists every code, who must act, and whether to try again', async () => {
  const script = `import { ERROR_CODES } from '@waybill/core'; console.log(JSON.stringify(ERROR_CODES))`
  const output = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(root, 'packages/engine'),
  })
  const codes = JSON.parse(output) as Record<string, { actor: string; retryable: boolean }>
  const rows = readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(
    /^\| `([A-Z_]+)` *\|[^|]+\| (\w+) *\| (yes|no) *\|$/gm,
  )
  expect([...rows].map(([, code, actor, again]) => [code, actor, again])).toEqual(
    Object.entries(codes).map(([code, { actor, retryable }]) => [code, actor, retryable ? 'yes' : 'no']),
  )
})

it('shows the error of a filter as it is', async () => {
  const [shown = ''] = codeBlocks(readFileSync(join(root, 'docs/errors.md'), 'utf8'), 'text')
  const [, filter = ''] = shown.split('\n')
  const output = await run(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: join(root, 'packages/engine'),
    env: { FILTER: filter },
  })
  expect(output).toBe(shown)
})
