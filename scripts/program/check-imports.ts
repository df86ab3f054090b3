import { isBuiltin } from 'node:module'

/**
 * Checks that what a bundle imports is installed with its package.
 *
 * @param imports names of packages and of modules inside of them; those of files and of Node.js are left out
 * @param dependencies as they are in the package's manifest
 * @throws Error naming what is not declared
 */
export function checkImports(
  imports: readonly string[],
  dependencies: Readonly<Record<string, string>>,
): void {
  for (const name of imports) {
    if (isBuiltin(name) || name.endsWith('.js')) continue
    const [installed = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? []
    if (!Object.hasOwn(dependencies, installed))
      throw new Error(`The program imports ${name}: add ${installed} to the dependencies of its package.`)
  }
}
