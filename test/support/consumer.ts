import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.js'
import { publicPackages, readManifest, root } from './workspace.js'

/** A project of its own, outside of the workspace, that has every public package installed as it would be published. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string
  /** The packed package's path, by name. */
  readonly tarballs: ReadonlyMap<string, string>
}

/** Packs every public package and installs them together, with npm. */
export async function createConsumer(): Promise<Consumer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'waybill-consumer-')))
  const tarballs = await packAll(join(folder, 'tarballs'))
  await writeFile(join(folder, 'package.json'), JSON.stringify(consumerManifest(tarballs), undefined, 2))
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'], {
    cwd: folder,
  })
  return {
    folder,
    tarballs,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function packAll(destination: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(destination)
  await run('pnpm', ['--recursive', 'pack', '--pack-destination', destination], { cwd: root })
  return new Map(
    publicPackages.map(({ name, manifest }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`
      return [name, join(destination, file)]
    }),
  )
}

function consumerManifest(tarballs: ReadonlyMap<string, string>): object {
  const packed = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]))
  const nodeTypes = readManifest(root).devDependencies?.['@types/node'] ?? '*'
  return {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...packed, '@types/node': nodeTypes },
    overrides: Object.fromEntries([...tarballs.keys()].map((name) => [name, `$${name}`])),
  }
}
