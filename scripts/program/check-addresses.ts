import { existsSync } from 'node:fs'
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
