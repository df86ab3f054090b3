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
