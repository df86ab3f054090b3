import { readFile } from 'node:fs/promises'
import { ConfigurationError } from '@waybill/core'
import { findJsonFault } from './json-fault.js'

/**
 * The JSON value in a file.
 * @throws ConfigurationError when it cannot be read or is not JSON.
 */
export async function readConfiguration(file: string): Promise<unknown> {
  const text = await readText(file)
  const fault = findJsonFault(text)
  if (fault === undefined) return JSON.parse(text)
  const { line, column, expected, found } = fault
  throw new ConfigurationError([
    { path: [], expected: `${expected} at line ${line}, column ${column}`, found },
  ])
}

// Editors on Windows begin a file with a byte order mark, which JSON does not know.
async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    const found = code === 'ENOENT' ? 'no such file' : `one that cannot be read (${code})`
    throw new ConfigurationError([{ path: [], expected: `a configuration in the file ${file}`, found }])
  }
}
