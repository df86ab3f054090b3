import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The licences of the packages whose modules are in a bundle, as Markdown.
 *
 * @param modules paths of files
 * @throws Error for a package that names no licence
 */
export function licensesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))
  const sections = new Set(Array.from(folders, licenseOf).toSorted())
  return `# Licenses\n\nThe program contains code of these packages.\n\n${[...sections].join('\n\n')}\n`
}

/** The folder of an installed package, from the path of one of its modules. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const TEXT = /^(?:licen[cs]e|copying)/i

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
  }
  if (license === undefined) throw new Error(`${name} ${version} names no licence: it cannot be bundled.`)
  const file = readdirSync(folder).find((one) => TEXT.test(one))
  const heading = `## ${name} ${version} (${license})`
  return file === undefined ? heading : `${heading}\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
}
