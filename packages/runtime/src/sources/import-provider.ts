import type { ConfigurationIssue, ProviderFactory } from '@waybill/core'
import { resolveProvider } from './resolve-provider.js'

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
