import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from '../config/environment.js'

const FILE_NAME = 'waybill.config.json'

/**
 * The configuration file that was asked for with a flag or with WAYBILL_CONFIG, or the one in the working directory;
 * undefined where there is none. An empty variable counts as not set.
 */
export function findConfiguration(
  flag: string | undefined,
  environment: Environment,
  workingDirectory: string,
): string | undefined {
  const variable = environment['WAYBILL_CONFIG']
  const asked = flag ?? (variable === '' ? undefined : variable)
  if (asked !== undefined) return resolve(workingDirectory, asked)
  const file = join(workingDirectory, FILE_NAME)
  return existsSync(file) ? file : undefined
}
