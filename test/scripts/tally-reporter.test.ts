import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, tool } from '../support/run.js'
import { root } from '../support/workspace.js'

const reporter = JSON.stringify(join(root, 'scripts', 'tally-reporter.ts'))
const CONFIG = `
import { TallyReporter } from ${reporter}

export default { test: { globals: true, include: ['*.mjs'], reporters: [new TallyReporter()] } }
`

const PASSING = `it('passes', () => expect(1).toBe(1))\n`

/** The last line of a run over one file, and whether the run succeeded. */
async function closing(
  code: string,
  ...args: string[]
): Promise<[line: string | undefined, succeeded: boolean]> {
  const [output, succeeded] = await runFile(code, ...args)
  return [output.match(/^\d+ passed, \d+ failed$/gm)?.at(-1), succeeded]
}

async function runFile(code: string, ...args: string[]): Promise<[output: string, succeeded: boolean]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-tally-'))
  try {
    await writeFile(join(folder, 'vitest.config.ts'), CONFIG)
    await writeFile(join(folder, 'sample.mjs'), code)
    return await outcome(run(tool('vitest'), ['run', ...args], { cwd: folder }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function outcome(running: Promise<string>): Promise<[output: string, succeeded: boolean]> {
  try {
    return [await running, true]
  } catch (error) {
    return [String(error), false]
  }
}

it.each([
  ['tests that pass', PASSING, '1 passed, 0 failed', true],
  ['a test that fails', `${PASSING}it('fails', () => expect(1).toBe(2))`, '1 passed, 1 failed', false],
  ['a skipped test', `${PASSING}it['skip']('later', () => {})`, '1 passed, 1 failed', false],
  ['a test that is to be written', `${PASSING}it['todo']('later')`, '1 passed, 1 failed', false],
  ['a test that skips itself', `${PASSING}it('no', ({ skip }) => skip())`, '1 passed, 1 failed', false],
  ['a file without tests', '', '0 passed, 1 failed', false],
  ['a file that cannot be loaded', `throw new Error('no')`, '0 passed, 1 failed', false],
  ['an error outside of tests', `${PASSING}Promise.reject(new Error('late'))`, '1 passed, 1 failed', false],
  [
    'a suite that cannot start',
    `${PASSING}describe('s', () => { beforeAll(() => { throw new Error('no') }); ${PASSING} })`,
    '1 passed, 2 failed',
    false,
  ],
])('%s', async (_name, code, line, succeeds) => {
  expect(await closing(code)).toEqual([line, succeeds])
})

it('tests that were not asked for are not missed', async () => {
  expect(await closing(`${PASSING}it('other', () => {})`, '-t', 'passes')).toEqual([
    '1 passed, 0 failed',
    true,
  ])
})

it('a test that passes at its second try is named', async () => {
  const code = `${PASSING}let tries = 0\nit('is late', () => { tries += 1; expect(tries).toBe(2) })`
  const [output, succeeded] = await runFile(code, '--retry', '1')
  expect(output).toMatch(/^Passed at its second try only: sample\.mjs > is late\n2 passed, 0 failed$/m)
  expect(succeeded).toBe(true)
})

it('a run of no test at all fails', async () => {
  expect(await closing(PASSING, '-t', 'nothing of this name')).toEqual(['0 passed, 0 failed', false])
})
