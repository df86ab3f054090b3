import { ConfigurationError } from '@waybill/core'
import type { CaseDefinition } from '../case-definition.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectNoSecret } from '../check/leak.js'
import { rejectionOf } from '../check/rejection.js'
import { SOURCE, type Subject } from '../read/stage.js'

const UNKNOWN = ['conformanceOption', 'anotherConformanceOption']

/** Options come from a file that people write: all that is wrong with them is said at once. */
export function optionCases({ world }: Subject): CaseDefinition[] {
  const { options: given } = world
  if (given === undefined) return []
  const names = Object.keys(given)
  const wrong = (name: string, options: unknown, expected: readonly string[]): CaseDefinition => ({
    name: `options: ${name}`,
    run: async () => {
      const error = await rejectionOf(name, async () => world.create(options, { source: SOURCE }))
      expectNoSecret(`${name}: the error`, error, world.secrets)
      if (!(error instanceof ConfigurationError)) {
        throw new ConformanceFailure(name, { expected: 'a ConfigurationError', found: error })
      }
      const found = [...new Set(error.issues.map(({ path }) => String(path[0] ?? '')))]
      const missing = expected.filter((each) => !found.includes(each))
      expectThat(`${name}: options named by issues`, missing.length === 0, expected.join(', '), found)
    },
  })
  // The value inside is right and maybe secret: that is what must not be quoted.
  const wrapped = Object.fromEntries(names.map((name) => [name, { wrapped: [given[name]] }]))
  const unknown = Object.fromEntries(UNKNOWN.map((name) => [name, 1]))
  return [
    wrong('text instead of an object', 'options', ['']),
    wrong('a list instead of an object', [given], ['']),
    wrong('unknown names', { ...given, ...unknown }, UNKNOWN),
    wrong('values of another kind', wrapped, names),
    wrong('everything wrong at once', { ...wrapped, ...unknown }, [...names, ...UNKNOWN]),
    {
      name: 'options: left as they are',
      run: async () => {
        const copy = structuredClone(given)
        world.create(given, { source: SOURCE })
        expectEqual('the options', given, copy)
      },
    },
  ]
}
