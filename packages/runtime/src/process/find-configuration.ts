import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FILE_NAME = 'waybill.config.json'

/** The configuration file that was asked for, or the one in the working directory; undefined where there is none. */
export function findConfiguration(asked: string | undefined, workingDirectory: string): string | undefined {
  if (asked !== undefined) return resolve(workingDirectory, asked)
  const file = join(workingDirectory, FILE_NAME)
  return existsSync(file) ? file : undefined
}
