import type { MessageProvider, ProviderContext, ProviderFactory } from '@waybill/core'
import { createUpstreamClient } from '@waybill/http'
import { wacrCapabilities } from './capabilities.js'
import { classify } from './failures.js'
import { get } from './get.js'
import { list } from './list.js'
import { createReader } from './normalize.js'
import { parseWacrOptions, type WacrOptions } from './options.js'

export { wacrCapabilities } from './capabilities.js'
export type { WacrOptions } from './options.js'

const MINUTE_MS = 60_000

/** Makes the provider from options of a configuration file. */
const createProvider: ProviderFactory = (options, context) => {
  const { token, baseUrl, maxSkewMinutes, timeZone } = parseWacrOptions(options)
  const capabilities = wacrCapabilities(maxSkewMinutes * MINUTE_MS)
  const reader = createReader(timeZone)
  const client = createUpstreamClient({
    ...context,
    baseUrl,
    headers: { Authorization: `Bearer ${token}` },
    secrets: [token],
    classify,
  })
  return {
    name: '@waybill/provider-wacr',
    capabilities,
    list: (request, call) => list(client, reader, context.source, capabilities, request, call),
    get: (upstreamId, call) => get(client, reader, context.source, upstreamId, call),
  }
}

export default createProvider

/**
 * Makes a provider that reads one WA.cr tenant.
 *
 * @param context The source's id for errors (default `wacr`), and bounds on the traffic.
 * @throws ConfigurationError listing all that is wrong with the options.
 *
 * @example const provider = wacr({ token: process.env.WACR_TOKEN ?? '', baseUrl: 'https://tenant.example/api/v2' })
 */
export function wacr(options: WacrOptions, context: Partial<ProviderContext> = {}): MessageProvider {
  return createProvider(options, { source: 'wacr', ...context })
}
