import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigurationError } from '@waybill/core'
import { loadConfiguration, type LoadOptions } from '../../src/sources/load-configuration.js'
import { ACME_PROVIDER, installPackage, temporaryFolder } from '../../../../test/support/provider-folder.js'

type Given = Omit<LoadOptions, 'origin'>

/** Loads a file with this content from a folder that has a third party's provider. */
export async function load(content: unknown, given: Given = {}): ReturnType<typeof loadConfiguration> {
  const folder = await temporaryFolder()
  await installPackage(folder, '@acme/provider', ACME_PROVIDER)
  const file = join(folder, 'waybill.config.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return loadConfiguration({ origin: { file }, environment: {}, ...given })
}

/** The lines of the report about a file with this content. */
export async function errorsOf(content: unknown, given?: Given): Promise<string[]> {
  const error: unknown = await load(content, given).catch((reason: unknown) => reason)
  if (!(error instanceof ConfigurationError)) throw new Error('no configuration error', { cause: error })
  return error.message.split('\n')
}

/** A source without fault. */
export const acme = { id: 'a', provider: '@acme/provider', options: { token: 's3cret-a' } }
