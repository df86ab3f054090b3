import {
  startOctopodsEmulator,
  startTrickle,
  startWacrEmulator,
  type OctopodsEmulator,
  type WacrEmulator,
} from '@waybill/emulators'
import type { OctopodsOptions } from '@waybill/provider-octopods'
import type { WacrOptions } from '@waybill/provider-wacr'
import type { ConfigurationFile, ConfigurationOrigin } from '@waybill/runtime'
import { octopodsHistory, wacrRows } from './demo-data.js'
import { makeEarlierArchive } from './earlier-archive.js'
import { introduce } from './introduction.js'
import { createTempDir, type ExitHost } from './temp-dir.js'

/** Both upstreams with made-up messages, an archive that is thrown away, and a configuration of them. */
export interface Demo {
  readonly origin: ConfigurationOrigin
  /** What the operator should know. */
  readonly introduction: string
  /** To be called once nothing reads the archive any more. */
  close(): Promise<void>
}

const ARCHIVE = 'sqlite:waybill.db'
const OCTOPODS = 'octo'
const RATE_PER_MINUTE = 20
const MINUTE_MS = 60_000

/**
 * Starts the emulators on loopback. The messages are the same every time, apart from ending now.
 * @param host the process whose end is the end of the archive, however it comes
 */
export async function startDemo(host: ExitHost): Promise<Demo> {
  const folder = createTempDir(host)
  const now = Date.now()
  const { earlier, firstReadAt, later } = octopodsHistory(now)
  const [octopods, wacr] = await Promise.all([
    startOctopodsEmulator({ rows: earlier }),
    startWacrEmulator({ rows: wacrRows(now) }),
  ])
  const source = { source: OCTOPODS, options: octopodsOptions(octopods) }
  await makeEarlierArchive({ url: ARCHIVE, folder: folder.path, ...source, readAt: firstReadAt })
  for (const row of later) octopods.table.insert(row)
  const trickle = startTrickle({ octopods, wacr, ratePerMinute: RATE_PER_MINUTE, seed: 3 })
  const forgetting = setInterval(() => forgetRequests(octopods, wacr), MINUTE_MS).unref()
  return {
    origin: { value: demoConfiguration(octopods, wacr), folder: folder.path },
    introduction: introduce(octopods.url, wacr.url),
    close: async () => {
      clearInterval(forgetting)
      trickle.stop()
      await Promise.all([octopods.close(), wacr.close()])
      folder.remove()
    },
  }
}

// Emulators keep a record of every request for tests; a demo may run for days.
function forgetRequests(...emulators: readonly (OctopodsEmulator | WacrEmulator)[]): void {
  for (const { log } of emulators) log.length = 0
}

/** Short, so that one sees messages come and their statuses change. */
const SYNC = { minPollSeconds: 1, maxPollSeconds: 2, maxStalenessSeconds: 5 }

function demoConfiguration(octopods: OctopodsEmulator, wacr: WacrEmulator): ConfigurationFile {
  return {
    server: { auth: 'none' },
    sources: [
      {
        id: OCTOPODS,
        label: 'Octopods (demo)',
        provider: '@waybill/provider-octopods',
        options: { ...octopodsOptions(octopods) },
        sync: SYNC,
      },
      {
        id: 'shop',
        label: 'WA.cr (demo)',
        provider: '@waybill/provider-wacr',
        options: { token: wacr.settings.token, baseUrl: wacr.url } satisfies WacrOptions,
        sync: SYNC,
      },
    ],
    archive: { url: ARCHIVE },
  }
}

function octopodsOptions({ settings, url }: OctopodsEmulator): OctopodsOptions {
  return { apiKey: settings.apiKey, baseUrl: url }
}
