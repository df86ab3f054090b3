import {
  ConfigurationError,
  type FieldCapability,
  MESSAGE_DIRECTIONS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type ProviderCapabilities,
  type SourceField,
} from '@waybill/core'
import type { CaseDefinition } from './case.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'
import { expectNoSecret, rejectionOf } from '../read/rejection.js'
import { setStage, SOURCE, type Subject } from '../read/stage.js'
import { SOURCE_FIELDS, TIME_OPERATORS, VALUE_OPERATORS } from '../world/rows.js'

const VOCABULARY: Readonly<Partial<Record<SourceField, readonly string[]>>> = {
  direction: MESSAGE_DIRECTIONS,
  status: MESSAGE_STATUSES,
  type: MESSAGE_TYPES,
}

/** The declarations of a provider. */
export function declarationCases(subject: Subject): CaseDefinition[] {
  return [
    {
      name: 'declares: capabilities that hold together',
      run: () => expectSoundCapabilities(subject.capabilities),
    },
    {
      name: 'declares: its name',
      run: async () => {
        const { provider } = await setStage(subject, { count: 0 })
        const isPackage = /^(?:@[a-z\d._-]+\/)?[a-z\d][a-z\d._-]*$/.test(provider.name)
        expectThat('name', isPackage, 'the name of a package', provider.name)
      },
    },
    {
      name: 'declares: no secret',
      run: async () => {
        const { provider, world } = await setStage(subject, { count: 0 })
        expectThat('secrets of the world', world.secrets.length > 0, 'at least one', world.secrets.length)
        expectNoSecret('the provider', provider, world.secrets)
      },
    },
  ]
}

async function expectSoundCapabilities(capabilities: ProviderCapabilities): Promise<void> {
  const { paging, fields, sorts, maxSkewMs } = capabilities
  const size = paging.kind === 'window' ? paging.maxItems : paging.maxPageSize
  expectThat('the page limit', Number.isInteger(size) && size >= 1, 'an integer from 1', size)
  expectThat('sorts', sorts.length > 0, 'at least one', sorts)
  expectThat('maxSkewMs', Number.isFinite(maxSkewMs) && maxSkewMs >= 0, 'a number from 0', maxSkewMs)
  expectEqual('fields', Object.keys(fields).toSorted(), SOURCE_FIELDS.toSorted())
  for (const field of SOURCE_FIELDS) expectSoundField(field, fields[field])
}

function expectSoundField(field: SourceField, { domain, operators = {} }: FieldCapability): void {
  const known: readonly string[] =
    domain.kind === 'absent' ? [] : field === 'sentAt' ? TIME_OPERATORS : VALUE_OPERATORS
  const foreign = Object.keys(operators).filter((operator) => !known.includes(operator))
  expectEqual(`operators of ${field} that it cannot have`, foreign, [])
  expectEqual(`whether the domain of ${field} is time`, domain.kind === 'time', field === 'sentAt')
  if (domain.kind !== 'values') return
  const { values, rest } = domain
  expectThat(`values of ${field}`, values.length > 0, 'at least one', values)
  const allowed = VOCABULARY[field] ?? values
  expectEqual(
    `values of ${field} outside its vocabulary`,
    values.filter((value) => !allowed.includes(value)),
    [],
  )
  expectThat(`rest of ${field}`, rest === undefined || values.includes(rest), 'one of its values', rest)
}

const UNKNOWN = ['conformanceOption', 'anotherConformanceOption']

/** Options come from a file that people write: all mistakes are reported at once. */
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
