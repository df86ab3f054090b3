import { expect, test } from 'vitest'
import type * as Sound from '../../src/index.js'
import { findFaults } from './find-faults.js'
import { MUTANTS } from './mutants.js'

async function load(name: string): Promise<typeof Sound> {
  return (await import(/* @vite-ignore */ `../../src/index.js?mutant=${name}`)) as typeof Sound
}

test.each(MUTANTS)('the model ($by) notices when $what', async ({ name, by, noticed }) => {
  const { createEngine } = await load(name)
  const faults = await findFaults(by, (sources) => createEngine({ sources }))
  expect(faults.join('\n')).toMatch(new RegExp(noticed, 'm'))
})

test.each(['honest', 'ranges', 'lying', 'cases', 'counterexamples'] as const)(
  'the model (%s) finds nothing in the engine itself, loaded the same way',
  async (by) => {
    const { createEngine } = await load('none')
    expect(await findFaults(by, (sources) => createEngine({ sources }), 50)).toEqual([])
  },
)
