import { constants } from 'node:os'
import type { CommandContext } from './context.js'

/** Whether a command has to end before it is done: on SIGINT or SIGTERM, or because its output cannot be written. */
export interface Interruption {
  /** Aborted when it has. */
  readonly signal: AbortSignal
  /**
   * The exit code for an error that a signal is the cause of.
   * @throws any other error as it is; OutputError where the output cannot be written, whatever else failed then
   */
  exitCodeFor(error: unknown): number
}

/** Watches for what ends a command early. */
export function interruption({ stopped, output }: CommandContext): Interruption {
  const interrupted = new AbortController()
  let exitCode: number | undefined
  void awaitSignal()
  return {
    signal: AbortSignal.any([interrupted.signal, output.signal]),
    exitCodeFor: (error) => {
      if (output.failure !== null) throw output.failure
      if (exitCode === undefined) throw error
      return exitCode
    },
  }

  async function awaitSignal(): Promise<void> {
    exitCode = 128 + constants.signals[await stopped]
    interrupted.abort(new DOMException('Interrupted', 'AbortError'))
  }
}
