import type { Plugin } from 'vitest/config'

/** A defect that a test plants in a package. */
export interface PlantedDefect {
  readonly name: string
  /** The module that it belongs in, below `src`. */
  readonly file: string
  /** Occurs there exactly once. */
  readonly find: string
  readonly replace: string
}

const QUERY = /[?&]mutant=([a-z-]+)/

/**
 * Lets a test import the package with a planted defect: `../../src/index.js?mutant=NAME`. Every module that is reached
 * from there is loaded apart from the sound one, and the one that the defect belongs in is changed as it is loaded.
 */
export function mutation(defects: readonly PlantedDefect[]): Plugin {
  return {
    name: 'waybill-mutation',
    enforce: 'pre',
    async resolveId(source, importer) {
      const name = QUERY.exec(importer ?? '')?.[1]
      if (name === undefined || !source.startsWith('.')) return null
      return await this.resolve(`${source}?mutant=${name}`, importer, { skipSelf: true })
    },
    transform(code, id) {
      const name = QUERY.exec(id)?.[1]
      const mutant = defects.find((each) => each.name === name)
      if (mutant === undefined || !id.includes(`/src/${mutant.file}?`)) return null
      if (code.split(mutant.find).length !== 2)
        throw new Error(`The mutant ${mutant.name} does not find its text exactly once in ${mutant.file}.`)
      return code.replace(mutant.find, () => mutant.replace)
    },
  }
}
