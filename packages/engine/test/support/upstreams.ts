import type { ProviderContext } from '@waybill/core'
import {
  type OctopodsEmulator,
  type OctopodsEmulatorOptions,
  startOctopodsEmulator,
  startWacrEmulator,
  type WacrEmulator,
  type WacrEmulatorOptions,
} from '@waybill/emulators'
import { octopods } from '@waybill/provider-octopods'
import { wacr, type WacrOptions } from '@waybill/provider-wacr'
import { onTestFinished } from 'vitest'
import type { EngineSource } from '../../src/index.js'

/** A running upstream and the source that reads it over HTTP. */
export interface Upstream<E extends WacrEmulator | OctopodsEmulator = WacrEmulator | OctopodsEmulator> {
  readonly id: string
  readonly emulator: E
  readonly source: EngineSource
}

/** How the source reads its upstream. */
export interface Connection extends Partial<ProviderContext>, Pick<WacrOptions, 'maxSkewMinutes'> {}

/** A WA.cr tenant that runs until the test ends. Failed requests are not sent again unless `connection` says so. */
export async function startWacr(
  id: string,
  options: WacrEmulatorOptions = {},
  { maxSkewMinutes, ...context }: Connection = {},
): Promise<Upstream<WacrEmulator>> {
  const emulator = await startWacrEmulator(options)
  onTestFinished(() => emulator.close())
  const { token } = emulator.settings
  const provider = wacr({ token, baseUrl: emulator.url, maxSkewMinutes }, contextOf(id, context))
  return { id, emulator, source: { id, provider } }
}

/** An Octopods channel that runs until the test ends. */
export async function startOctopods(
  id: string,
  options: OctopodsEmulatorOptions = {},
  context: Partial<ProviderContext> = {},
): Promise<Upstream<OctopodsEmulator>> {
  const emulator = await startOctopodsEmulator(options)
  onTestFinished(() => emulator.close())
  const { apiKey } = emulator.settings
  const provider = octopods({ apiKey, baseUrl: emulator.url }, contextOf(id, context))
  return { id, emulator, source: { id, provider } }
}

function contextOf(source: string, context: Partial<ProviderContext>): ProviderContext {
  return { source, ...context, limits: { retries: 0, ...context.limits } }
}
