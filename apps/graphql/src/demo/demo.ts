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
import { octopodsRows, wacrRows } from './demo-data.js'
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

const RATE_PER_MINUTE = 20
const MINUTE_MS = 60_000

/**
 * Starts the emulators on loopback. The messages are the same every time, apart from ending now.
 * @param host the process whose end is the end of the archive, however it comes
 */
export async function startDemo(host: ExitHost): Promise<Demo> {
  const folder = createTempDir(host)
  const now = Date.now()
  const [octopods, wacr] = await Promise.all([
    startOctopodsEmulator({ rows: octopodsRows(now) }),
    startWacrEmulator({ rows: wacrRows(now) }),
  ])
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
        id: 'octo',
        label: 'Octopods (demo)',
        provider: '@waybill/provider-octopods',
        options: { apiKey: octopods.settings.apiKey, baseUrl: octopods.url } satisfies OctopodsOptions,
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
    archive: { url: 'sqlite:waybill.db' },
  }
}
