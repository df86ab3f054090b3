import { WaybillError } from '@waybill/core'
import { describeFailure, type Environment, stopSignal } from '@waybill/runtime'
import { CommanderError } from 'commander'
import type { CommandHost } from './command-context.js'
import { ExitCode } from './exit-code.js'
import { OutputError } from './export/output-error.js'
import { createProgram } from './program.js'
import { UsageError } from './usage-error.js'
import { readVersion } from './version.js'

/**
 * The command `waybill`.
 * @param argv Without the names of the program and of the script.
 * @param stopped Resolves when a signal tells it to end; default: what the host is told from now on.
 * @returns The exit code: one of {@link ExitCode}, or 128 and the number of the signal that ended it.
 */
export async function run(
  argv: readonly string[],
  environment: Environment,
  host: CommandHost = process,
  stopped: Promise<NodeJS.Signals> = stopSignal(host),
): Promise<number> {
  let exitCode: number = ExitCode.DONE
  const finish = (code: number): void => {
    exitCode = code
  }
  const program = createProgram({ environment, host, stopped, finish })
  program.version(await readVersion(), '--version', 'print the version and exit')
  try {
    // pnpm hands over the "--" of `pnpm waybill -- sources` as it is.
    await program.parseAsync(argv[0] === '--' ? argv.slice(1) : argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return explain(error, host)
  }
}

function explain(error: unknown, host: CommandHost): number {
  // It has said by itself what is wrong; help and version are no errors.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.DONE : ExitCode.WRONG_USAGE
  }
  if (error instanceof UsageError) {
    host.stderr.write(error.errors.map((line) => `error: ${line}\n`).join(''))
    return ExitCode.WRONG_USAGE
  }
  if (error instanceof OutputError) {
    host.stderr.write(`error: ${error.message}.\n`)
    return ExitCode.FAILED
  }
  if (error instanceof WaybillError && error.code !== 'INVALID_CONFIGURATION') {
    host.stderr.write(`error: ${error.message} (${error.code})\n`)
    return error.info.actor === 'caller' ? ExitCode.WRONG_USAGE : ExitCode.FAILED
  }
  const { exitCode, text } = describeFailure(error)
  host.stderr.write(text)
  return exitCode
}
