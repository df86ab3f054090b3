import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, tool } from '../support/run.js'
import { root } from '../support/workspace.js'

const reporter = JSON.stringify(join(root, 'scripts', 'slowest-reporter.ts'))
const CONFIG = `
import { SlowestReporter } from ${reporter}

export default { test: { globals: true, include: ['*.mjs'], reporters: [new SlowestReporter()] } }
`

it('lists the test files of a run, the slowest first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-slowest-'))
  try {
    await writeFile(join(folder, 'vitest.config.ts'), CONFIG)
    await writeFile(join(folder, 'quick.mjs'), `it('passes', () => {})`)
    await writeFile(
      join(folder, 'slow.mjs'),
      `it('passes', () => new Promise((done) => setTimeout(done, 1500)))`,
    )
    const output = await run(tool('vitest'), ['run'], { cwd: folder })
    expect(output).toMatch(
      /load +run +file\n +\d+\.\d +[1-9]\d*\.\d +slow\.mjs\n +\d+\.\d +\d+\.\d +quick\.mjs\n/,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
