import { fileURLToPath } from 'node:url'
import { type RunningProgram, startProgram } from '../../../../test/support/program.js'
import type { Finished, RunOptions } from './run-waybill.js'

export { readyUrl, type RunningProgram as WaybillProcess } from '../../../../test/support/program.js'

export const MAIN: string = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** Starts the built command as a process of its own, until the test ends. */
export function spawnWaybill(args: readonly string[], options: RunOptions): RunningProgram {
  return startProgram(MAIN, args, options)
}

/** The same until it ends by itself. */
export async function runWaybillProcess(args: readonly string[], options: RunOptions): Promise<Finished> {
  const { exited, output } = spawnWaybill(args, options)
  return { code: await exited, ...output }
}
