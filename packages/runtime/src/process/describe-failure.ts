import { ConfigurationError } from '@waybill/core'

/** Why the server could not be started, for the operator. */
export interface Failure {
  readonly exitCode: 1 | 2
  readonly text: string
}

/** Says in plain words why a start failed. */
export function describeFailure(error: unknown): Failure {
  const taken = describeAddress(error)
  if (taken !== undefined) return { exitCode: 1, text: `Waybill cannot start: ${taken}\n` }
  if (error instanceof ConfigurationError) {
    const { length } = error.issues
    const count = length === 1 ? 'an error' : `${length} errors`
    return { exitCode: 2, text: list(`the configuration has ${count}`, error.message.split('\n')) }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { exitCode: 1, text: `Waybill cannot start: ${message}\n` }
}

/** The same for a wrong command line or environment. */
export function describeUsageErrors(errors: readonly string[]): Failure {
  return { exitCode: 2, text: list('a flag or an environment variable is wrong', errors) }
}

function list(what: string, lines: readonly string[]): string {
  return [`Waybill cannot start: ${what}.`, ...lines.map((line) => `  ${line}`), ''].join('\n')
}

type ListenError = NodeJS.ErrnoException & { readonly address?: string; readonly port?: number }

// The address is right as far as the configuration goes: it is the machine that has something against it.
function describeAddress(error: unknown): string | undefined {
  const { code, syscall, address, port } = (error ?? {}) as Partial<ListenError>
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined
  const another = 'choose another with --port, PORT or server.port.'
  if (code === 'EADDRINUSE') return `port ${port} on ${address} is in use. Stop what uses it, or ${another}`
  if (code === 'EACCES') return `port ${port} on ${address} is not open to this user: ${another}`
  return 'the host is no address of this machine: correct --host, HOST or server.host.'
}
