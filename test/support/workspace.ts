import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly homepage?: string
  readonly bugs?: { readonly url: string }
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string }
  readonly private?: boolean
  readonly license?: string
  readonly type?: string
  readonly sideEffects?: unknown
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, unknown>>
  readonly engines?: Readonly<Record<string, string>>
  readonly publishConfig?: Readonly<Record<string, unknown>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  readonly name: string
  /** The last part of the folder's path. */
  readonly shortName: string
  readonly path: string
  readonly manifest: Manifest
}

/** The folder of the repository. */
export const root: string = dirname(dirname(import.meta.dirname))

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Where the repository is published, as the root's manifest says. */
export const repositoryUrl: string = (readManifest(root).repository?.url ?? '')
  .replace(/^git\+/, '')
  .replace(/\.git$/, '')

export const workspacePackages: readonly WorkspacePackage[] = globSync(
  ['packages/*/package.json', 'apps/*/package.json', 'bench/package.json'],
  { cwd: root },
)
  .map((file) => join(root, dirname(file)))
  .toSorted((a, b) => a.localeCompare(b))
  .map((path) => {
    const manifest = readManifest(path)
    return { name: manifest.name, shortName: basename(path), path, manifest }
  })

export const publicPackages: readonly WorkspacePackage[] = workspacePackages.filter(
  ({ manifest }) => manifest.private !== true,
)

/** Everything that must be there for a package to work where it is installed. */
export function runtimeDependencies(manifest: Manifest): string[] {
  return Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.peerDependencies,
  })
}
