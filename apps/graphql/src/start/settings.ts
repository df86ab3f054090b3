import { parseArgs } from 'node:util'
import { nearestName } from '@waybill/core'
import type { Environment, GivenBy } from '@waybill/runtime'

/** What the command line and the environment ask for. */
export interface Settings {
  readonly action: 'serve' | 'help' | 'version'
  /** The configuration file that a flag names. */
  readonly config?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  /** The flags or variables that gave host and port. */
  readonly givenBy: GivenBy
  /** Everything that is wrong with the request; empty when it can be followed. */
  readonly errors: readonly string[]
}

const VALUES = { config: undefined, host: 'HOST', port: 'PORT' } as const
const SWITCHES = ['help', 'version'] as const
const ALLOWED = 'expected --config FILE, --host HOST, --port PORT, --help or --version'

type ValueName = keyof typeof VALUES
type Given = Partial<Record<ValueName, { readonly value: string; readonly origin: string }>>

/**
 * Reads the flags and, for host and port without one, the environment. An empty variable counts as not set.
 * WAYBILL_CONFIG is left to `findConfiguration`.
 */
export function readSettings(argv: readonly string[], environment: Environment): Settings {
  const errors: string[] = []
  const given: Given = {}
  for (const [name, variable] of Object.entries(VALUES) as [ValueName, string | undefined][]) {
    const value = variable === undefined ? undefined : environment[variable]
    if (variable !== undefined && value !== undefined && value !== '')
      given[name] = { value, origin: variable }
  }
  let action: Settings['action'] = 'serve'
  for (const token of tokenize(argv)) {
    if (isValueName(token.name) && token.value) given[token.name] = { value: token.value, origin: token.text }
    else if (isSwitch(token.name) && token.value === undefined) action = token.name
    else errors.push(describe(token))
  }
  return {
    action,
    config: given.config?.value,
    host: given.host?.value,
    port: readPort(given.port, errors),
    givenBy: { host: given.host?.origin, port: given.port?.origin },
    errors,
  }
}

/** One word of the command line. */
interface Token {
  /** As it was written. */
  readonly text: string
  /** Of an option. */
  readonly name?: string | undefined
  readonly value?: string | undefined
}

function tokenize(argv: readonly string[]): Token[] {
  const options = { config: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } } as const
  // pnpm hands over the "--" of `pnpm start -- --port 1` as it is.
  const args = argv[0] === '--' ? argv.slice(1) : [...argv]
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true })
  return tokens.map((token) => {
    if (token.kind === 'option') return { text: token.rawName, name: token.name, value: token.value }
    return { text: token.kind === 'positional' ? token.value : '--' }
  })
}

function isValueName(name: string | undefined): name is ValueName {
  return name !== undefined && Object.hasOwn(VALUES, name)
}

function isSwitch(name: string | undefined): name is (typeof SWITCHES)[number] {
  return SWITCHES.some((one) => one === name)
}

function describe({ text, name }: Token): string {
  if (isValueName(name)) return `${text}: expected a value, found nothing`
  if (isSwitch(name)) return `${text}: expected no value, found one`
  const nearest = name === undefined ? null : nearestName(name, [...Object.keys(VALUES), ...SWITCHES])
  return `${text}: ${ALLOWED}${nearest === null ? '' : ` (did you mean --${nearest}?)`}`
}

function readPort(given: Given['port'], errors: string[]): number | undefined {
  if (given === undefined) return undefined
  const { value, origin } = given
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return Number(value)
  errors.push(`${origin}: expected an integer from 0 to 65535, found ${JSON.stringify(value)}`)
  return undefined
}
