import { readFile } from 'node:fs/promises'
import { ConfigurationError } from '@waybill/core'
import { decodeUtf8 } from './encoding.js'
import { findJsonFault } from './json-fault.js'

/**
 * The JSON value in a file.
 * @throws ConfigurationError when it cannot be read, is not UTF-8, or is not JSON.
 */
export async function readConfiguration(file: string): Promise<unknown> {
  const text = decodeUtf8(await readBytes(file))
  const fault = findJsonFault(text)
  if (fault === undefined) return JSON.parse(text)
  const { line, column, expected, found } = fault
  throw new ConfigurationError([
    { path: [], expected: `${expected} at line ${line}, column ${column}`, found },
  ])
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    const found = code === 'ENOENT' ? 'no such file' : `one that cannot be read (${code})`
    throw new ConfigurationError([{ path: [], expected: `a configuration in the file ${file}`, found }])
  }
}
