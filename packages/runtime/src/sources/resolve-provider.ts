import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { resolve } from 'import-meta-resolve'

/**
 * Finds an installed package: first from the folder of the configuration, then from here, so that the providers
 * that come with the server are always found. Undefined where there is none, and for Node's own modules.
 */
export function resolveProvider(name: string, folder: string): string | undefined {
  if (isBuiltin(name)) return undefined
  const parents = [pathToFileURL(join(folder, 'waybill.config.json')).href, import.meta.url]
  for (const parent of parents) {
    try {
      return resolve(name, parent)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    }
  }
  return undefined
}
