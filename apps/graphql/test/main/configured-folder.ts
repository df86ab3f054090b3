import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACME_PROVIDER, installPackage, temporaryFolder } from '../../../../test/support/provider-folder.js'

export const ACME_SOURCE = { id: 'a', provider: '@acme/provider', options: { token: '${ACME_TOKEN}' } }
export const ACME_ENVIRONMENT = { ACME_TOKEN: 's3cret-acme' }

/** A folder with a third party's provider and a configuration that reads it on any free port. */
export async function configuredFolder(changes: object = {}, provider = ACME_PROVIDER): Promise<string> {
  const folder = await temporaryFolder()
  await installPackage(folder, '@acme/provider', provider)
  const configuration = { server: { port: 0 }, sources: [ACME_SOURCE], ...changes }
  await writeFile(join(folder, 'waybill.config.json'), JSON.stringify(configuration))
  return folder
}
