import { conformanceCases } from './conformance-cases.js'
import type { ConformanceWorld } from './world/world.js'

/** What a test framework has to offer: vitest, node:test, jest and others do under these names. */
export interface TestFramework {
  describe(name: string, define: () => void): unknown
  it(name: string, run: () => Promise<void>): unknown
}

/**
 * Registers the conformance suite as tests. A case that is not supported is a test like the others, which proves that
 * the provider indeed cannot pass it; its title has the reason, and both are printed.
 *
 * @param print Where a line for each case that is not supported goes. Default: the console.
 * @throws TypeError when the world's `notSupported` names an unknown case.
 *
 * @example registerConformance({ describe, it }, world)
 */
export function registerConformance(
  { describe, it }: TestFramework,
  world: ConformanceWorld,
  print: (line: string) => void = console.log,
): void {
  const cases = conformanceCases(world)
  describe('a provider that conforms', () => {
    for (const { name, notSupported, run } of cases) {
      if (notSupported === null) it(name, run)
      else {
        it(`${name} (not supported: ${notSupported})`, async () => {
          await run()
          print(`not supported: ${name}: ${notSupported}`)
        })
      }
    }
  })
}
