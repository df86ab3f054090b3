import { once } from 'node:events'
import { createSync, openArchive, type SyncSource } from '@waybill/archive'
import { octopods } from '@waybill/provider-octopods'
import { wacr } from '@waybill/provider-wacr'

/**
 * A process that syncs, as a server does: `node sync-process.ts JSON` with a {@link ProcessOptions}. It prints a line
 * when it is ready, begins when it is told something, prints a line for each event, and stops on SIGTERM.
 */

/** What is synced, and how. */
export interface ProcessOptions {
  readonly url: string
  readonly upstreams: readonly {
    readonly id: string
    readonly kind: 'octo' | 'shop'
    readonly baseUrl: string
    readonly credential: string
  }[]
  readonly pollMs: number
  readonly leaseTtlMs?: number
}

const options = JSON.parse(process.argv[2] ?? '') as ProcessOptions
const archive = await openArchive({ url: options.url })
const poll = { minPollMs: options.pollMs, maxPollMs: options.pollMs, maxStalenessMs: 30_000 }
const sources = options.upstreams.map(({ id, kind, baseUrl, credential }): SyncSource => {
  const context = { source: id, limits: { retries: 0 } }
  const provider =
    kind === 'shop'
      ? wacr({ token: credential, baseUrl, maxSkewMinutes: 1 }, context)
      : octopods({ apiKey: credential, baseUrl }, context)
  return { id, provider, poll }
})
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
const sync = createSync({
  archive,
  sources,
  leaseTtlMs: options.leaseTtlMs,
  onEvent: (event) => console.log(JSON.stringify(event)),
})
console.log('ready')
await once(process.stdin, 'data')
process.stdin.destroy()
await sync.watch(stop.signal)
await sync.close()
await archive.close()
