import type { Environment, SignalHost } from '@waybill/runtime'
import type { OutputWatch } from './output-watch.js'

/** The process that a command runs in, and what it was started with. */
export interface CommandContext {
  readonly environment: Environment
  readonly host: CommandHost
  /** Resolves when a signal asks the command to end. */
  readonly stopped: Promise<NodeJS.Signals>
  /** Whether standard output can still be written. */
  readonly output: OutputWatch
  /** Sets the exit code that the command ends with. */
  finish(exitCode: number): void
}

/** The part of a process that commands use. */
export type CommandHost = SignalHost & Pick<NodeJS.Process, 'off' | 'cwd' | 'stdin' | 'stdout' | 'stderr'>

/** What the exit codes of the command mean. A signal ends it with 128 and the signal's number. */
export const ExitCode = {
  /** Everything is done. */
  DONE: 0,
  /** An upstream, the archive or the system failed. The message on standard error tells what to do. */
  FAILED: 1,
  /** A flag, an argument or the configuration is wrong. */
  WRONG_USAGE: 2,
  /** Done, but a source is incomplete or unproven, or an entry of a log cannot be judged. Standard error tells which, and why. */
  INCOMPLETE: 3,
  /** Done: a log and the history differ. */
  DIFFERENCES: 4,
  /** The reader of standard output has gone (128 and the number of SIGPIPE). */
  OUTPUT_CLOSED: 141,
} as const

/** The command line asks for something that cannot be done. Each of `errors` names the flag, the fault, and what to write. */
export class UsageError extends Error {
  readonly errors: readonly string[]

  constructor(errors: readonly string[]) {
    super(errors.join('\n'))
    this.name = 'UsageError'
    this.errors = errors
  }
}
