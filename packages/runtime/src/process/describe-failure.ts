import { ConfigurationError } from '@waybill/core'
import type { GivenBy } from '../config/configuration.js'

/** Why the server could not be started, for the operator. */
export interface StartFailure {
  readonly exitCode: 1 | 2
  readonly text: string
}

/**
 * Describes why a start failed.
 * @param givenBy the flags or variables that gave the address, where it is not the configuration's
 */
export function describeFailure(error: unknown, givenBy: GivenBy = {}): StartFailure {
  const taken = describeAddress(error, givenBy)
  if (taken !== undefined) return { exitCode: 1, text: `Waybill cannot start: ${taken}\n` }
  if (error instanceof ConfigurationError) {
    const lines = error.message.split('\n')
    const flags = [givenBy.host, givenBy.port]
    if (error.issues.every(({ path: [name] }) => typeof name === 'string' && flags.includes(name))) {
      return describeUsageErrors(lines)
    }
    const { length } = error.issues
    const count = length === 1 ? 'an error' : `${length} errors`
    return { exitCode: 2, text: list(`the configuration has ${count}`, lines) }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { exitCode: 1, text: `Waybill cannot start: ${message}\n` }
}

/** The same for flags and environment variables that cannot be followed. */
export function describeUsageErrors(errors: readonly string[]): StartFailure {
  const what = errors.length === 1 ? 'a flag or variable is wrong' : 'some flags or variables are wrong'
  return { exitCode: 2, text: list(what, errors) }
}

function list(what: string, lines: readonly string[]): string {
  return [`Waybill cannot start: ${what}.`, ...lines.map((line) => `  ${line}`), ''].join('\n')
}

type ListenError = NodeJS.ErrnoException & {
  readonly address?: string
  readonly hostname?: string
  readonly port?: number
}

// The form of the address was right: only the system knows that it cannot be used here.
function describeAddress(error: unknown, givenBy: GivenBy): string | undefined {
  const { code, syscall, address, hostname, port } = (error ?? {}) as Partial<ListenError>
  // A worker binds what the process that started it listens at.
  if (syscall === undefined || !['listen', 'bind', 'getaddrinfo'].includes(syscall)) return undefined
  const another = `choose another ${givenBy.port === undefined ? 'with --port, PORT or server.port' : `with ${givenBy.port}`}`
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is in use. Stop what uses it, or ${another}.`
  if (code === 'EACCES') return `this user may not listen on port ${port} of ${address}: ${another}.`
  const host = JSON.stringify(address ?? hostname)
  const remedy =
    givenBy.host === 'HOST' ? 'Correct or unset HOST' : `Correct ${givenBy.host ?? 'server.host'}`
  return `${host} is not an address of this machine. ${remedy}.`
}
