import { fileURLToPath } from 'node:url'
import { type ProgramOptions, type RunningProgram, startProgram } from '../../../../test/support/program.js'
import { recordOutput } from '../server/support/transcript.js'

export { readyUrl, type RunningProgram as WaybillProcess } from '../../../../test/support/program.js'

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

export interface SpawnOptions extends ProgramOptions {
  readonly args?: readonly string[]
}

/** Starts the built server as a process of its own, until the test ends. What it wrote is kept for the leak check. */
export function spawnWaybill({ args = [], ...options }: SpawnOptions): RunningProgram {
  const waybill = startProgram(MAIN, args, options)
  const { output, exited } = waybill
  void exited.then(() => recordOutput(args.join(' '), `${output.stdout}${output.stderr}`))
  return waybill
}
