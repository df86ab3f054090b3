import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  plainOctopodsRow,
  plainWacrRow,
  startOctopodsEmulator,
  startWacrEmulator,
  type OctopodsEmulator,
  type WacrEmulator,
} from '@waybill/emulators'
import { onTestFinished } from 'vitest'
import { spawnWaybill, type WaybillProcess } from '../support/waybill-process.js'
import type { Relay } from './relay.js'

export const SERVERS = ['server-1', 'server-2', 'server-3']
export const WORKERS = ['worker-1', 'worker-2']
/** Long enough for a process to be met while it asks. */
const LATENCY = { latencyMs: 100 }

/** Three sources, until the test ends. */
export interface Upstreams {
  readonly octo: OctopodsEmulator
  readonly shop: WacrEmulator
  readonly branch: WacrEmulator
}

export async function startUpstreams(): Promise<Upstreams> {
  const apiKey = 'octo-s3cret-key'
  const token = 'wacr-s3cret-token'
  const rows = Array.from({ length: 700 }, (_, index) => plainWacrRow(index + 1))
  const octo = await startOctopodsEmulator({ apiKey, ...LATENCY })
  const shop = await startWacrEmulator({ token, rows, ...LATENCY })
  const branch = await startWacrEmulator({ token, rows: rows.slice(0, 50), ...LATENCY })
  onTestFinished(async () => {
    await Promise.all([octo.close(), shop.close(), branch.close()])
  })
  return { octo, shop, branch }
}

/** A new message at every source. */
export function arrive({ octo, shop, branch }: Upstreams): void {
  const createdAt = Math.floor(Date.now() / 1000) * 1000
  octo.table.insert(plainOctopodsRow(octo.table.nextId(), { createdAt }))
  for (const { table } of [shop, branch]) table.insert(plainWacrRow(table.nextId(), { createdAt }))
}

/** Ids of all messages that there are, by source. */
export function idsOf({ octo, shop, branch }: Upstreams): Record<string, string[]> {
  return {
    octo: octo.table.rows().map(({ messageId }) => String(messageId)),
    shop: shop.table.rows().map(({ id }) => String(id)),
    branch: branch.table.rows().map(({ id }) => String(id)),
  }
}

/** Starts a server, or a worker, whose requests go by the relay under its name. */
export async function start(
  name: string,
  relay: Relay,
  archive: string,
  cwd: string,
): Promise<WaybillProcess> {
  const section = (source: string, provider: string, credential: object): object => ({
    id: source,
    provider: `@waybill/provider-${provider}`,
    options: { ...credential, baseUrl: relay.urlFor(name, source) },
    sync: { minPollSeconds: 0.2, maxPollSeconds: 0.5, maxStalenessSeconds: 5 },
  })
  const token = { token: 'wacr-s3cret-token' }
  const configuration = {
    server: { port: 0 },
    sources: [
      section('octo', 'octopods', { apiKey: 'octo-s3cret-key' }),
      section('shop', 'wacr', token),
      section('branch', 'wacr', token),
    ],
    archive: { url: archive },
  }
  const file = join(cwd, `${name}.json`)
  await writeFile(file, JSON.stringify(configuration))
  const command = SERVERS.includes(name) ? ['serve'] : ['sync', '--watch']
  return spawnWaybill([...command, '--config', file], { cwd })
}
