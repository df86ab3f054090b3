import { conformanceCases, type ConformanceWorld } from '../../src/index.js'

/** Runs the one case that has this name. */
export async function runCase(world: ConformanceWorld, name: string): Promise<void> {
  const found = conformanceCases(world).filter((each) => each.name === name)
  if (found.length !== 1) throw new RangeError(`There are ${found.length} cases called "${name}".`)
  await found[0]?.run()
}
