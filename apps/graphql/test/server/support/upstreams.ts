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
import type { Metrics } from '../../../src/server/metrics.js'
import { sourceOf } from './array-provider.js'
import { type Harness, startHarness } from './harness.js'
import { OCTOPODS_KEY, WACR_TOKEN } from './secrets.js'

/** A server over the two real providers, which read emulated upstreams. */
export interface Upstreams extends Harness {
  readonly octopods: OctopodsEmulator
  readonly wacr: WacrEmulator
}

export interface UpstreamsOptions {
  readonly octopods?: OctopodsEmulatorOptions
  readonly wacr?: WacrEmulatorOptions
  /** When an attempt is given up; by default so late that only what hangs is. */
  readonly attemptTimeoutMs?: number
}

/** The sources are `octo` and `shop`. Nothing is sent twice. */
export async function startUpstreams(options: UpstreamsOptions = {}): Promise<Upstreams> {
  const [octopodsEmulator, wacrEmulator] = await Promise.all([
    startOctopodsEmulator({ apiKey: OCTOPODS_KEY, ...options.octopods }),
    startWacrEmulator({ token: WACR_TOKEN, ...options.wacr }),
  ])
  onTestFinished(async () => {
    await Promise.all([octopodsEmulator.close(), wacrEmulator.close()])
  })
  const limits = { retries: 0, attemptTimeoutMs: options.attemptTimeoutMs ?? 60_000, totalTimeoutMs: 60_000 }
  const context = (source: string, metrics: Metrics): Parameters<typeof octopods>[1] => ({
    source,
    limits,
    onAttempt: (attempt) => metrics.sources.upstreamAttempt(attempt),
    onPause: (rest) => metrics.sources.upstreamPause(rest),
  })
  const harness = await startHarness({
    sources: (metrics) => [
      sourceOf(
        'octo',
        octopods({ apiKey: OCTOPODS_KEY, baseUrl: octopodsEmulator.url }, context('octo', metrics)),
      ),
      sourceOf('shop', wacr({ token: WACR_TOKEN, baseUrl: wacrEmulator.url }, context('shop', metrics))),
    ],
  })
  return { ...harness, octopods: octopodsEmulator, wacr: wacrEmulator }
}
