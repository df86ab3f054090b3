import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const STATIC_FROM = /^(?:import|export)\b[^'"=();]*?\bfrom\s*['"]([^'"]+)['"]/gm
const STATIC_BARE = /^import\s*['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g

/** One import, by file. */
export interface FoundImport {
  /** Relative to the folder that was searched. */
  readonly file: string
  readonly specifier: string
}

/** What the TypeScript files of a folder import or export from elsewhere, types included. */
export function importsOf(folder: string): FoundImport[] {
  return globSync('**/*.{ts,tsx}', { cwd: folder }).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return specifiersOf(text).map((specifier) => ({ file, specifier }))
  })
}

export function specifiersOf(text: string): string[] {
  return [STATIC_FROM, STATIC_BARE, DYNAMIC].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, specifier = '']) => specifier),
  )
}

/** The package that a specifier names; the specifier itself where it is relative or Node's own. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return specifier
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
