import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../support/run.js'
import { root } from '../support/workspace.js'

/** Stands for every step of a run: prints what the file named after the script has, and fails where that is missing. */
const NPX = '#!/bin/sh\nshift 2; [ "$1" = run ] || exit 0; case "$2" in test*) cat "$2" ;; esac\n'

interface Suites {
  readonly test: string
  readonly soak: string
}

/** The last line of `.ci/run` where the suites print this, and whether it succeeded. */
async function closing(suites: Suites): Promise<[line: string | undefined, succeeded: boolean]> {
  const [output, succeeded] = await runWith(suites)
  return [output.trimEnd().split('\n').at(-1), succeeded]
}

async function runWith({ test, soak }: Suites): Promise<readonly [output: string, succeeded: boolean]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-ci-'))
  try {
    await mkdir(join(folder, 'bin'))
    await cp(join(root, '.ci'), join(folder, '.ci'), { recursive: true })
    await writeFile(join(folder, 'bin', 'npx'), NPX)
    await chmod(join(folder, 'bin', 'npx'), 0o755)
    await writeFile(join(folder, 'test'), test)
    await writeFile(join(folder, 'test:soak'), soak)
    await writeFile(join(folder, 'test:packages'), '2 passed, 0 failed\n')
    await writeFile(join(folder, 'test:engines'), '4 passed, 0 failed\n')
    const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` }
    return await run(join(folder, '.ci', 'run'), [], { cwd: folder, env }).then(
      (printed) => [printed, true] as const,
      (error: unknown) => [String(error), false] as const,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

it.each([
  ['all pass', '\n12 passed, 0 failed\n', '3 passed, 0 failed\n', '21 passed, 0 failed', true],
  ['a test fails', '11 passed, 1 failed\n', '3 passed, 0 failed\n', '20 passed, 1 failed', false],
  ['a soak test fails', '12 passed, 0 failed\n', '2 passed, 1 failed\n', '20 passed, 1 failed', false],
  ['no test runs', '12 passed, 0 failed\n', '0 passed, 0 failed\n', '18 passed, 1 failed', false],
  ['a run ends early', 'Cannot start\n', '3 passed, 0 failed\n', '9 passed, 1 failed', false],
])('.ci/run adds up all runs: %s', async (_case, test, soak, line, succeeds) => {
  expect(await closing({ test, soak })).toEqual([line, succeeds])
})

it('.ci/run names what failed, and what needed a second try, once more at its end', async () => {
  const repeated = 'Passed at its second try only: a.test.ts > is late'
  const failure = '⎯⎯ Failed Tests 1 ⎯⎯\n FAIL  b.test.ts > is wrong'
  const [output] = await runWith({
    test: `${repeated}\n12 passed, 0 failed\n`,
    soak: `${failure}\n2 passed, 1 failed\n`,
  })
  const last = output.slice(output.lastIndexOf('== '))
  expect(last).toContain(repeated)
  expect(last).toContain(`What failed in test:soak:\n${failure}`)
})
