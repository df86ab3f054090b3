import { findBundledNode, runUnder } from './bundled-node.js'
import { nodeComplaint } from './node-version.js'
import { stopSignal } from './stop-signal.js'

/**
 * Runs a program that needs a newer Node.js than the one that may have been asked for it. One that is too old hands it to
 * the one that a clone brings along; where there is none, it says what to do.
 *
 * @param run gets what resolves when a signal tells the program to stop. It is listened for from the beginning: loading a
 *   program takes long enough for one to come meanwhile.
 * @returns the exit code
 */
export async function onNewNode(run: (stopped: Promise<NodeJS.Signals>) => Promise<number>): Promise<number> {
  const complaint = nodeComplaint()
  if (complaint === null) return run(stopSignal(process))
  const bundled = findBundledNode()
  if (bundled !== null) return runUnder(bundled, process.argv.slice(1))
  process.stderr.write(complaint)
  return 1
}
