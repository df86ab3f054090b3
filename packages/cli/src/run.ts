import { WaybillError } from '@waybill/core'
import { describeFailure, type Environment, stopSignal, WorkStoreError } from '@waybill/runtime'
import { CommanderError } from 'commander'
import { type CommandHost, ExitCode, UsageError } from './command/context.js'
import { OutputError } from './command/output-error.js'
import { watchOutput } from './command/output-watch.js'
import { readVersion } from './command/version.js'
import { createProgram } from './program.js'

/**
 * The command `waybill`.
 *
 * @param argv without the names of the program and of the script
 * @param stopped resolves when a signal asks it to end; default: a signal that the host receives from now on
 * @returns the exit code: one of {@link ExitCode}, or 128 and the number of the signal that ended it
 */
export async function run(
  argv: readonly string[],
  environment: Environment,
  host: CommandHost = process,
  stopped: Promise<NodeJS.Signals> = stopSignal(host),
): Promise<number> {
  const output = watchOutput(host)
  let exitCode: number = ExitCode.DONE
  const finish = (code: number): void => {
    exitCode = code
  }
  const program = createProgram({ environment, host, stopped, output, finish })
  program.version(await readVersion(), '--version', 'print the version and exit')
  try {
    // pnpm hands over the "--" of `pnpm waybill -- sources` as it is.
    await program.parseAsync(argv[0] === '--' ? argv.slice(1) : argv, { from: 'user' })
  } catch (error) {
    if (error !== output.failure) exitCode = explain(error, host)
  }
  await output.flush()
  if (output.failure !== null) exitCode = explain(output.failure, host)
  output.close()
  return exitCode
}

function explain(error: unknown, host: CommandHost): number {
  // Commander has printed what is wrong, or the help that was asked for.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.DONE : ExitCode.WRONG_USAGE
  }
  if (error instanceof UsageError) {
    host.stderr.write(error.errors.map((line) => `error: ${line}\n`).join(''))
    return ExitCode.WRONG_USAGE
  }
  if (error instanceof OutputError) {
    if (error.isClosed) return ExitCode.OUTPUT_CLOSED
    host.stderr.write(`error: ${error.message}\n`)
    return ExitCode.FAILED
  }
  if (error instanceof WaybillError && error.code !== 'INVALID_CONFIGURATION') {
    host.stderr.write(`error: ${error.message} (${error.code})\n`)
    return error.info.actor === 'caller' ? ExitCode.WRONG_USAGE : ExitCode.FAILED
  }
  if (error instanceof WorkStoreError) {
    host.stderr.write(`error: ${error.message}\n`)
    return ExitCode.FAILED
  }
  const { exitCode, text } = describeFailure(error)
  host.stderr.write(text)
  return exitCode
}
