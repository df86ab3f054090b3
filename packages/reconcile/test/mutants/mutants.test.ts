import { expect, test } from 'vitest'
import type * as Sound from '../../src/index.js'
import { findFaults } from './find-faults.js'
import { MUTANTS } from './mutants.js'

async function load(name: string): Promise<typeof Sound> {
  return (await import(/* @vite-ignore */ `../../src/index.js?mutant=${name}`)) as typeof Sound
}

test.each(MUTANTS)('the planted worlds notice when $what', async ({ name, noticed }) => {
  const faults = await findFaults(await load(name), noticed)
  expect(faults.join('\n')).toMatch(new RegExp(noticed, 'm'))
})

test('the planted worlds find nothing in the package itself, loaded the same way', async () => {
  expect(await findFaults(await load('none'), /./, 300)).toEqual([])
})
