import { setImmediate } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import { OutputError } from './output-error.js'

/** Watches whether what a command prints can be written. */
export interface OutputWatch {
  /** Why standard output could not be written; null while it can. */
  readonly failure: OutputError | null
  /** Aborted with the failure as soon as standard output cannot be written. */
  readonly signal: AbortSignal
  /** Resolves once the system has taken everything that was written, or has refused it. */
  flush(): Promise<void>
  close(): void
}

/**
 * Watches the streams of a command. A stream reports a failed write later, as an event: without a listener it would end
 * the process with a stack, and a command that does not wait for it would end with 0. Standard error may fail silently,
 * since there is no other place to say so; the exit code still tells how the command ended.
 */
export function watchOutput({ stdout, stderr }: Record<'stdout' | 'stderr', Writable>): OutputWatch {
  const failed = new AbortController()
  let failure: OutputError | null = null
  const onFailure = (error: NodeJS.ErrnoException): void => {
    failure ??= new OutputError(null, error)
    failed.abort(failure)
  }
  stdout.on('error', onFailure)
  stderr.on('error', ignore)
  return {
    get failure() {
      return failure
    },
    signal: failed.signal,
    flush: async () => {
      if (stdout.writableLength > 0) await new Promise<void>((resolve) => stdout.write('', () => resolve()))
      // The event of a failed write comes in a later turn than its callback.
      await setImmediate()
    },
    close: () => {
      stdout.off('error', onFailure)
      stderr.off('error', ignore)
    },
  }
}

function ignore(): void {
  // There is no other place to say it.
}
