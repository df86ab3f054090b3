import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ConfigurationIssue, ProviderFactory } from '@waybill/core'
import { resolve } from 'import-meta-resolve'

type Imported = { readonly factory: ProviderFactory } | { readonly issue: Omit<ConfigurationIssue, 'path'> }

/** Imports a provider package. A failure is described for the one who wrote the configuration. */
export async function importProvider(name: string, folder: string): Promise<Imported> {
  try {
    const location = resolveProvider(name, folder)
    if (location === undefined) {
      return { issue: { expected: `an installed package (npm install ${name})`, found: 'none of that name' } }
    }
    const module = (await import(location)) as { readonly default?: unknown }
    return typeof module.default === 'function'
      ? { factory: module.default as ProviderFactory }
      : {
          issue: {
            expected: FACTORY,
            found: `a package whose default export is ${nameType(module.default)}`,
          },
        }
  } catch (error) {
    return { issue: { expected: FACTORY, found: `one that fails to load: ${messageOf(error)}` } }
  }
}

const FACTORY = 'a package whose default export is a function that makes a provider'

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function nameType(value: unknown): string {
  if (value === undefined) return 'missing'
  return value === null ? 'null' : `of type ${typeof value}`
}

/**
 * Finds an installed package: first from the folder of the configuration, then from this package's, so that the providers
 * that come with it are always found. Undefined if it is not installed, and for Node's own modules.
 */
function resolveProvider(name: string, folder: string): string | undefined {
  if (isBuiltin(name)) return undefined
  // By its name, since this module may be a part of a program's bundle.
  const own = resolve('@waybill/runtime/package.json', import.meta.url)
  const parents = [pathToFileURL(join(folder, 'waybill.config.json')).href, own]
  for (const parent of parents) {
    try {
      return resolve(name, parent)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    }
  }
  return undefined
}
