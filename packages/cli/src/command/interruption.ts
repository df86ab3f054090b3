import { constants } from 'node:os'
import { type CommandContext, ExitCode } from './context.js'

/** That a command is to end before it is done: by SIGINT or SIGTERM, or since nobody reads what it prints. */
export interface Interruption {
  /** Aborted when it is. */
  readonly signal: AbortSignal
  /** The exit code for an error that the interruption is the cause of. Throws any other error on. */
  exitCodeFor(error: unknown): number
}

/** Watches for what ends a command early. */
export function interruption({ host, stopped }: CommandContext): Interruption {
  const controller = new AbortController()
  let exitCode: number | undefined
  const interrupt = (code: number): void => {
    exitCode ??= code
    controller.abort(new DOMException('Interrupted', 'AbortError'))
  }
  void stopped.then((signal) => interrupt(128 + constants.signals[signal]))
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interrupt(ExitCode.OUTPUT_CLOSED)
    else controller.abort(error)
  })
  return {
    signal: controller.signal,
    exitCodeFor: (error) => {
      if (exitCode === undefined) throw error
      return exitCode
    },
  }
}
