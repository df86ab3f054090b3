import { findBroughtNode, runUnder } from './brought-node.js'
import { nodeComplaint } from './node-version.js'

/**
 * Runs a program that needs a newer Node.js than the one that may have been asked for it. One that is too old hands it to
 * the one that a clone brings along; where there is none, it says what to do.
 *
 * @returns the exit code
 */
export async function onNewNode(run: () => Promise<number>): Promise<number> {
  const complaint = nodeComplaint()
  if (complaint === null) return run()
  const brought = findBroughtNode()
  if (brought !== null) return runUnder(brought, process.argv.slice(1))
  process.stderr.write(complaint)
  return 1
}
