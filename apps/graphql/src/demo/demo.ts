import {
  startOctopodsEmulator,
  startTrickle,
  startWacrEmulator,
  type OctopodsEmulator,
  type WacrEmulator,
} from '@waybill/emulators'
import type { OctopodsOptions } from '@waybill/provider-octopods'
import type { WacrOptions } from '@waybill/provider-wacr'
import type { ConfigurationFile } from '../config/configuration-file.js'
import type { ConfigurationOrigin } from '../config/load-configuration.js'
import { octopodsRows, wacrRows } from './demo-data.js'
import { introduce } from './introduction.js'

/** Both upstreams with made-up messages, and a configuration that reads them. */
export interface Demo {
  readonly origin: ConfigurationOrigin
  /** What the operator should know. */
  readonly introduction: string
  close(): Promise<void>
}

const RATE_PER_MINUTE = 20
const MINUTE_MS = 60_000

/** Starts the emulators on loopback. The messages are the same every time, apart from ending now. */
export async function startDemo(): Promise<Demo> {
  const now = Date.now()
  const [octopods, wacr] = await Promise.all([
    startOctopodsEmulator({ rows: octopodsRows(now) }),
    startWacrEmulator({ rows: wacrRows(now) }),
  ])
  const trickle = startTrickle({ octopods, wacr, ratePerMinute: RATE_PER_MINUTE, seed: 3 })
  const forgetting = setInterval(() => forgetRequests(octopods, wacr), MINUTE_MS).unref()
  return {
    origin: { value: demoConfiguration(octopods, wacr), folder: import.meta.dirname },
    introduction: introduce(octopods.url, wacr.url),
    close: async () => {
      clearInterval(forgetting)
      trickle.stop()
      await Promise.all([octopods.close(), wacr.close()])
    },
  }
}

// Emulators keep a record of every request for tests; a demo may run for days.
function forgetRequests(...emulators: readonly (OctopodsEmulator | WacrEmulator)[]): void {
  for (const { log } of emulators) log.length = 0
}

function demoConfiguration(octopods: OctopodsEmulator, wacr: WacrEmulator): ConfigurationFile {
  return {
    server: { auth: 'none' },
    sources: [
      {
        id: 'octo',
        label: 'Octopods (demo)',
        provider: '@waybill/provider-octopods',
        options: { apiKey: octopods.settings.apiKey, baseUrl: octopods.url } satisfies OctopodsOptions,
      },
      {
        id: 'shop',
        label: 'WA.cr (demo)',
        provider: '@waybill/provider-wacr',
        options: { token: wacr.settings.token, baseUrl: wacr.url } satisfies WacrOptions,
      },
    ],
  }
}
