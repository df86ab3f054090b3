import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'

/**
 * Checks that what a bundle imports is installed with the package in this folder.
 *
 * @param imports names of packages and of modules inside of them; those of files and of Node.js are left out
 * @throws Error naming what is not declared
 */
export async function checkImports(imports: readonly string[]): Promise<void> {
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  for (const name of imports) {
    if (isBuiltin(name) || name.endsWith('.js')) continue
    const [installed = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? []
    if (!Object.hasOwn(dependencies, installed))
      throw new Error(`The program imports ${name}: add ${installed} to the dependencies of this package.`)
  }
}
