import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../../../../../test/support/provider-folder.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from '../../main/waybill-process.js'
import { WACR_TOKEN } from '../../server/support/secrets.js'
import { QUICK, type Upstreams } from './archived-server.js'

/** The sources of each server; all read the same upstream. */
export const SOURCES: readonly string[] = ['a', 'b', 'c', 'd']

/** Built servers of one archive, each a process of its own, which are killed and replaced. */
export interface Replicas {
  /** The address of a server that runs, another one at each call. */
  next(): string
  /** Kills one of them without warning, and starts another in its place. Resolves when that one answers. */
  replaceOne(index: number): Promise<void>
}

interface Replica {
  readonly process: WaybillProcess
  readonly url: string
}

export interface ReplicasOptions {
  readonly count: number
  readonly archive: string
  readonly upstreams: Upstreams
}

/** Starts servers of one archive, until the test ends. */
export async function startReplicas({ count, archive, upstreams }: ReplicasOptions): Promise<Replicas> {
  const cwd = await temporaryFolder()
  // A step of one that was begun by a killed server holds up that one alone.
  const sources = SOURCES.map((id) => ({
    id,
    provider: '@waybill/provider-wacr',
    options: { token: WACR_TOKEN, baseUrl: upstreams.wacr.url },
    sync: QUICK,
  }))
  const configuration = { server: { port: 0 }, sources, archive: { url: archive } }
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify(configuration))
  const start = async (): Promise<Replica> => {
    const process = spawnWaybill({ cwd, env: { NODE_COMPILE_CACHE: join(cwd, 'compiled') } })
    return { process, url: (await readyUrl(process)).replace(/\/graphql$/, '') }
  }
  const replicas = await Promise.all(Array.from({ length: count }, start))
  let calls = 0
  return {
    next: () => {
      calls += 1
      const replica = replicas[calls % replicas.length]
      if (replica === undefined) throw new Error('No server runs.')
      return replica.url
    },
    replaceOne: async (index) => {
      const [killed] = replicas.splice(index, 1)
      killed?.process.signal('SIGKILL')
      replicas.push(await start())
    },
  }
}
