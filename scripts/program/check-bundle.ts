import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'

/** What a module may find beside itself: `new URL('…', import.meta.url)`, also where the name is one of several. */
const ADDRESS = /new URL\(([^;]*?),\s*import\.meta\.url,?\s*\)/g
const NAME = /(['"])((?:\.\.?\/)*[\w./-]+\.js|(?:\.\.?\/)+[\w./-]*)\1/g

/**
 * Checks that what a bundled module finds beside itself is also beside the file that the module is in now.
 * @throws Error naming what is not there
 */
export function checkAddresses(file: string, code: string): void {
  for (const [, given = ''] of code.matchAll(ADDRESS)) {
    for (const [, , name = ''] of given.matchAll(NAME)) {
      if (existsSync(join(dirname(file), name))) continue
      throw new Error(
        `${file} looks for ${name}, which is not there. Begin from it, too, or move the module.`,
      )
    }
  }
}

/** What a bundle may import. */
export interface Importable {
  /** As they are in the package's manifest. */
  readonly dependencies: Readonly<Record<string, string>>
  /** Names of the bundle's own files. */
  readonly files: ReadonlySet<string>
}

/**
 * Checks that what a bundle imports is installed with its package.
 *
 * @param imports names of packages, of modules inside of them, and of files
 * @throws Error naming what is not declared
 */
export function checkImports(imports: readonly string[], { dependencies, files }: Importable): void {
  for (const name of imports) {
    if (isBuiltin(name) || files.has(name)) continue
    const [installed = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? []
    if (!Object.hasOwn(dependencies, installed))
      throw new Error(`The program imports ${name}: add ${installed} to the dependencies of its package.`)
  }
}
