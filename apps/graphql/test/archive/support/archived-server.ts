import {
  type OctopodsEmulator,
  type OctopodsEmulatorOptions,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
  type WacrEmulatorOptions,
} from '@waybill/emulators'
import { onTestFinished } from 'vitest'
import { createLogger, type SourceSection } from '@waybill/runtime'
import type { Place } from '../../../../../test/support/database-places.js'
import { startWaybill } from '../../../src/start/start-waybill.js'
import { clientOf, type Harness, keepLog } from '../../server/support/harness.js'
import { OCTOPODS_KEY, WACR_TOKEN } from '../../server/support/secrets.js'

/** Both upstreams, until the test ends. */
export interface Upstreams {
  readonly octopods: OctopodsEmulator
  readonly wacr: WacrEmulator
}

export async function startUpstreams(
  options: { readonly octopods?: OctopodsEmulatorOptions; readonly wacr?: WacrEmulatorOptions } = {},
): Promise<Upstreams> {
  const octopods = await startOctopodsEmulator({ apiKey: OCTOPODS_KEY, ...options.octopods })
  const wacr = await startWacrEmulator({ token: WACR_TOKEN, ...options.wacr })
  onTestFinished(async () => {
    await Promise.all([octopods.close(), wacr.close()])
  })
  return { octopods, wacr }
}

/** An empty database, until the test ends. */
export async function emptyArchive(createPlace: () => Promise<Place>): Promise<string> {
  const place = await createPlace()
  onTestFinished(() => place[Symbol.asyncDispose]())
  return place.url
}

export interface ServeOptions {
  /** URL of the archive; none: sources are read live. */
  readonly archive?: string | undefined
  /** What every source's section has besides. Default: polls that follow each other quickly. */
  readonly section?: Partial<SourceSection>
  /** Default: none. */
  readonly defaultCountry?: 'DE'
  /** What the configuration's section on the server has besides. */
  readonly server?: Readonly<Record<string, unknown>>
}

/** Polls that follow each other quickly. */
export const QUICK = { minPollSeconds: 0.2, maxPollSeconds: 0.5, maxStalenessSeconds: 5 }

/** Serves both upstreams as a configuration would have it: the sources are `octo` and `shop`, and an archive follows them. */
export async function serve(
  { octopods, wacr }: Upstreams,
  { archive, defaultCountry, section = { sync: QUICK }, server: serverSection }: ServeOptions,
): Promise<Harness> {
  const { log, stream } = keepLog()
  const common = { limits: { retries: 0, attemptTimeoutSeconds: 1 }, ...section }
  const server = await startWaybill({
    origin: {
      folder: import.meta.dirname,
      value: {
        server: { port: 0, ...serverSection },
        sources: [
          {
            id: 'octo',
            provider: '@waybill/provider-octopods',
            options: { apiKey: OCTOPODS_KEY, baseUrl: octopods.url },
            ...common,
          },
          {
            id: 'shop',
            provider: '@waybill/provider-wacr',
            options: { token: WACR_TOKEN, baseUrl: wacr.url },
            ...common,
          },
        ],
        ...(archive !== undefined && { archive: { url: archive } }),
        defaultCountry,
      },
    },
    environment: {},
    createLogger: () => createLogger({ stream }),
  })
  onTestFinished(() => server.close())
  return { url: server.url, log, ...clientOf(server.url), close: () => server.close() }
}
