import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type OctopodsEmulator,
  type OctopodsEmulatorOptions,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
  type WacrEmulatorOptions,
} from '@waybill/emulators'
import { onTestFinished } from 'vitest'

/** Both upstreams, and a folder whose configuration reads them as `octo` and `shop`. */
export interface Upstreams {
  readonly octopods: OctopodsEmulator
  readonly wacr: WacrEmulator
  readonly cwd: string
}

export interface UpstreamsOptions {
  readonly octopods?: OctopodsEmulatorOptions
  readonly wacr?: WacrEmulatorOptions
  /** URL of the archive; none: no archive. */
  readonly archive?: string | undefined
  /** What every source's section has besides. */
  readonly section?: object
  /** The configuration's; default: none. */
  readonly defaultCountry?: string
}

const OCTOPODS_KEY = 'octo-s3cret-key'
const WACR_TOKEN = 'wacr-s3cret-token'

/** Starts them for one test. */
export async function startUpstreams(options: UpstreamsOptions = {}): Promise<Upstreams> {
  const octopods = await startOctopodsEmulator({ apiKey: OCTOPODS_KEY, ...options.octopods })
  const wacr = await startWacrEmulator({ token: WACR_TOKEN, ...options.wacr })
  onTestFinished(async () => {
    await Promise.all([octopods.close(), wacr.close()])
  })
  const cwd = await temporaryFolder()
  const upstreams = { octopods, wacr, cwd }
  await configure(upstreams, options)
  return upstreams
}

/** Writes a configuration into the upstreams' folder, in the place of the one that is there. */
async function configure(
  { octopods, wacr, cwd }: Upstreams,
  { archive, defaultCountry, section = {} }: UpstreamsOptions = {},
): Promise<void> {
  const configuration = {
    server: { port: 0 },
    sources: [
      {
        id: 'octo',
        provider: '@waybill/provider-octopods',
        options: { apiKey: OCTOPODS_KEY, baseUrl: octopods.url },
        ...section,
      },
      {
        id: 'shop',
        provider: '@waybill/provider-wacr',
        options: { token: WACR_TOKEN, baseUrl: wacr.url },
        ...section,
      },
    ],
    ...(archive !== undefined && { archive: { url: archive } }),
    defaultCountry,
  }
  await writeFile(join(cwd, 'waybill.config.json'), JSON.stringify(configuration))
}

/** A temporary folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }))
  return folder
}

/** What stands in an export in NDJSON. */
export function parseLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
