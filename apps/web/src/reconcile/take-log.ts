import { chooseLog } from './chosen-log.js'
import { cancelReconcile } from './run-reconcile.js'

/**
 * Takes another log in place of the one before, whose findings are dropped.
 *
 * @param encoding a name that `TextDecoder` knows. Default: it is found out
 */
export async function takeLog(file: File, encoding: string | null = null): Promise<void> {
  cancelReconcile()
  await chooseLog(file, encoding)
}
