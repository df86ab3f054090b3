import type { RateLimit, TrafficLimits } from '@waybill/core'
import {
  type OctopodsEmulator,
  type OctopodsEmulatorOptions,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
  type WacrEmulatorOptions,
} from '@waybill/emulators'
import { octopods } from '@waybill/provider-octopods'
import { wacr } from '@waybill/provider-wacr'
import { onTestFinished } from 'vitest'
import type { PollSettings, SyncSource } from '../../src/index.js'

/** How a test's source differs from the usual one. */
export interface SourceOptions extends Partial<PollSettings> {
  readonly id?: string
  readonly rateLimit?: RateLimit
  /** How long a request may take, in milliseconds. */
  readonly attemptTimeoutMs?: number
}

export interface Upstream<E> {
  readonly emulator: E
  readonly source: SyncSource
}

/** A WA.cr tenant that runs until the test ends, as the source `shop`. */
export async function startShop(
  options: WacrEmulatorOptions = {},
  source: SourceOptions = {},
): Promise<Upstream<WacrEmulator>> {
  const emulator = await startWacrEmulator(options)
  onTestFinished(() => emulator.close())
  return { emulator, source: shopSource(emulator.url, emulator.settings.token, source) }
}

/** The source `shop` over a tenant that runs somewhere. */
function shopSource(baseUrl: string, token: string, options: SourceOptions = {}): SyncSource {
  const { id = 'shop' } = options
  const provider = wacr({ token, baseUrl, maxSkewMinutes: 1 }, { source: id, limits: limits(options) })
  return { ...settings(options), id, provider }
}

/** An Octopods channel that runs until the test ends, as the source `octo`. */
export async function startOcto(
  options: OctopodsEmulatorOptions = {},
  source: SourceOptions = {},
): Promise<Upstream<OctopodsEmulator>> {
  const emulator = await startOctopodsEmulator(options)
  onTestFinished(() => emulator.close())
  return { emulator, source: octoSource(emulator.url, emulator.settings.apiKey, source) }
}

/** The source `octo` over a channel that runs somewhere. */
function octoSource(baseUrl: string, apiKey: string, options: SourceOptions = {}): SyncSource {
  const { id = 'octo' } = options
  const provider = octopods({ apiKey, baseUrl }, { source: id, limits: limits(options) })
  return { ...settings(options), id, provider }
}

function limits({ attemptTimeoutMs }: SourceOptions): TrafficLimits {
  return { retries: 0, attemptTimeoutMs }
}

function settings({
  minPollMs = 5000,
  maxPollMs = 300_000,
  maxStalenessMs = 30_000,
  rateLimit,
}: SourceOptions): Pick<SyncSource, 'poll' | 'rateLimit'> {
  return { poll: { minPollMs, maxPollMs, maxStalenessMs }, rateLimit }
}
