import type { Environment, SignalHost } from '@waybill/runtime'

/** The process that a command runs in, and what it was started with. */
export interface CommandContext {
  readonly environment: Environment
  readonly host: CommandHost
  /** Resolves when a signal tells the command to end. */
  readonly stopped: Promise<NodeJS.Signals>
  /** Told of the exit code that a command ends with. */
  finish(exitCode: number): void
}

/** The part of a process that commands use. */
export type CommandHost = SignalHost & Pick<NodeJS.Process, 'off' | 'cwd' | 'stdout' | 'stderr'>

/** What the exit codes of the command mean. A signal ends it with 128 and the signal's number. */
export const ExitCode = {
  /** All of it is done. */
  DONE: 0,
  /** An upstream, the archive or this machine is in the way. What was said tells what to do. */
  FAILED: 1,
  /** It was called wrongly, or the configuration is wrong. */
  WRONG_USAGE: 2,
  /** It is done as far as it can be: what was said tells which source incompleteness what. */
  INCOMPLETE: 3,
  /** Nobody reads the output any more (128 and SIGPIPE). */
  OUTPUT_CLOSED: 141,
} as const

/** What a command was asked for cannot be done, and why: each of `errors` says what is wrong and what to do. */
export class UsageError extends Error {
  readonly errors: readonly string[]

  constructor(errors: readonly string[]) {
    super(errors.join('\n'))
    this.name = 'UsageError'
    this.errors = errors
  }
}
