import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import licenseTexts from 'spdx-license-list/full.js'

/**
 * The licences of the packages whose modules are in a bundle, as Markdown.
 *
 * @param modules paths of files
 * @throws Error for a package whose licence has no text, and where there is no package
 */
export function licensesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))
  if (folders.size === 0) throw new Error('The bundle contains no package: their paths are not understood.')
  const sections = new Set(Array.from(folders, licenseOf).toSorted())
  return `# Licenses\n\nThe program contains code of these packages.\n\n${[...sections].join('\n\n')}\n`
}

/** The folder of an installed package, from the path of one of its modules. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/
const TEXT = /^(?:licen[cs]e|copying|notice)/i

function licenseOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Manifest
  if (license === undefined) throw new Error(`${name} ${version} names no licence: it cannot be bundled.`)
  const files = readdirSync(folder).filter((one) => TEXT.test(one))
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length === 0) texts.push(...standardText(license, author ?? `the authors of ${name}`))
  if (texts.length === 0) throw new Error(`${name} ${version} has no text of its licence, ${license}.`)
  return [`## ${name} ${version} (${license})`, ...texts].join('\n\n')
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: Author
}

type Author = string | { readonly name: string }

/** What a package that leaves out the text of its licence means by the name of it. */
function standardText(license: string, author: Author): readonly string[] {
  const text = licenseTexts[license]?.licenseText
  if (text === undefined) return []
  return [`Copyright (c) ${typeof author === 'string' ? author : author.name}`, text.trim()]
}
